import { hostname } from 'node:os'
import type { Answer, Hosts, Opening, Session } from '../../engine/ports/hosts.ts'
import { PROTOCOL } from '../../wire/messages.ts'
import type { HostError } from '../../wire/messages.ts'
import { HERE } from '../../wire/here.ts'
import { operations } from '../../wire/operations/catalogue.ts'
import type { FactsOf } from '../../wire/operations/catalogue.ts'
import { runCommand } from './run-command.ts'

type HookFacts = FactsOf<'Invoke-VdpHook'>

/** Hosts with this machine among them, which runs command lines of hooks. A command that runs here leaves no receipt: interrupted, it is
 *  lost, and only a person can say what became of it. */
export function withThisMachine(hosts: Hosts): Hosts {
  const here = new Set<Session>()
  return {
    async open(host, opening) {
      if (host !== HERE) return await hosts.open(host, opening)
      const session = sessionHere(opening)
      here.add(session)
      return session
    },
    async close() {
      await Promise.all([hosts.close(), ...[...here].map((session) => session.close())])
    },
  }
}

function sessionHere({ fence }: Opening): Session {
  const closing = new AbortController()
  const under = new Set<Promise<unknown>>()
  const welcome: Session['welcome'] = {
    type: 'welcome',
    protocol: PROTOCOL,
    computer: hostname(),
    powershell: '',
    culture: '',
    elevated: false,
    boot: NO_BOOT,
    agents: '',
    fence,
    lab: null,
  }
  const perform = async (args: unknown, signal: AbortSignal): Promise<Answer<HookFacts>> => {
    if (signal.aborted) return { is: 'lost', reason: 'cancelled', sent: false, detail: 'it was cancelled before it began' }
    const program = await runCommand(operations['Invoke-VdpHook'].args.parse(args), signal)
    if (program.is === 'cancelled') return { is: 'lost', reason: 'cancelled', sent: true, detail: 'it was killed while it ran' }
    if (program.is === 'unstartable') return { is: 'refused', error: refusal('native', program.why) }
    return { is: 'facts', facts: { program: program.end, bootGuid: null } }
  }
  return {
    host: HERE,
    welcome,
    async request(op, args, _act, signal) {
      if (op !== 'Invoke-VdpHook') return { is: 'refused', error: refusal('missing', `${op} is not asked of this machine`) }
      const work = perform(args, AbortSignal.any(signal === undefined ? [closing.signal] : [closing.signal, signal]))
      under.add(work)
      return (await work.finally(() => under.delete(work))) as never
    },
    async close() {
      closing.abort()
      await Promise.allSettled(under)
    },
  }
}

const NO_BOOT = '00000000-0000-0000-0000-000000000000'

function refusal(kind: HostError['kind'], message: string): HostError {
  return { kind, message, hresult: null, returnCode: null, details: null, at: null }
}
