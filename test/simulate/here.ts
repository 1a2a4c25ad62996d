import type { Answer, Session } from '../../src/engine/ports/hosts.ts'
import type { AgentHost } from '../../src/lab/agent/agent-host.ts'
import { playScript } from '../../src/lab/agent/hook-script.ts'
import { createMutex } from '../../src/lab/agent/mutex.ts'
import { freshMemory } from '../../src/lab/model/act-memory.ts'
import type { Farm } from '../../src/lab/model/farm.ts'
import { HERE } from '../../src/wire/here.ts'
import { PROTOCOL } from '../../src/wire/messages.ts'
import { operations } from '../../src/wire/operations/catalogue.ts'
import type { Program } from './program.ts'

const NO_BOOT = '00000000-0000-0000-0000-000000000000'

/** The machine the programs run on, as far as hooks are concerned: it knows the words of the lab and keeps no receipts. */
export function thisMachine(farm: Farm): AgentHost {
  const memory = freshMemory()
  return {
    name: HERE,
    role: 'pvs',
    farm,
    lock: createMutex(),
    alive: () => memory,
    memory: () => memory,
    now: () => farm.time.now(),
    boot: () => NO_BOOT,
    computer: 'ops',
    powershell: () => '',
    culture: () => 'en-US',
    underWay: new Set(),
    nextPid: () => 1,
    answers: ['Invoke-VdpHook'],
    perform: async (_op, args, { spend, begin }) => {
      begin()
      const { script, timeoutSeconds } = operations['Invoke-VdpHook'].args.parse(args)
      return { program: await playScript({ farm, spend }, HERE, script, timeoutSeconds), bootGuid: null }
    },
  }
}

/** This machine for one program: what it began is killed with it. */
export function sessionHere(agent: AgentHost, program: Program, { run, fence }: { run: string; fence: number }): Session {
  const { kernel } = program
  return {
    host: HERE,
    welcome: {
      ...{ type: 'welcome', protocol: PROTOCOL, computer: 'ops', powershell: '', culture: '', elevated: false },
      ...{ boot: NO_BOOT, agents: '', fence, lab: null },
    },
    request: async (op, args, act, signal) => {
      await program.pass(`before ${op}`)
      if (signal?.aborted === true) return { is: 'lost', reason: 'cancelled', sent: false, detail: 'cancelled' }
      const spend = async (ms: number) => {
        await Promise.race([kernel.sleep(ms), aborted(signal)])
        if (!program.alive || signal?.aborted === true) throw new Error('killed')
      }
      const row = { effect: act?.effect ?? '', op, fence, pid: 1, started: kernel.now, ended: null, alive: true }
      const begin = () => void agent.memory()?.acts.push({ ...row, error: null, result: null })
      const tools = {
        run,
        spend,
        begin,
        apart: <T>(work: (spent: typeof spend) => Promise<T>) => work(spend),
        hangs: () => false,
      }
      const facts = await agent.perform(op, args, tools).catch(() => null)
      await program.pass(`after ${op}`)
      const answer: Answer<unknown> =
        facts === null ? { is: 'lost', reason: 'link', sent: true, detail: 'killed' } : { is: 'facts', facts }
      return answer as never
    },
    close: () => Promise.resolve(),
  }
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
}
