import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { kmsHost, serverHost, targetHost, type AgentHost } from '../src/lab/agent/agent-host.ts'
import { openSession, type AgentSession } from '../src/lab/agent/session.ts'
import { virtualClock } from '../src/lab/clock.ts'
import { buildFarm } from '../src/lab/farm-file/build.ts'
import { checkFarm } from '../src/lab/farm-file/load.ts'
import { presetFarm } from '../src/lab/farm-file/presets.ts'
import { inventoryText, knownHostsText } from '../src/lab/inventory.ts'
import { keptKey } from '../src/lab/ssh/keys.ts'
import { serveHost } from '../src/lab/ssh/ssh-host.ts'

/** What the bench asks of the process that simulates its farms. A farm's time is virtual: it moves when somebody waits, or a host works. */
export type Asked =
  | { readonly is: 'farm'; readonly id: number; readonly farm: string; readonly dir: string | null; readonly answerMs: number }
  | { readonly is: 'wait'; readonly id: number; readonly farm: string; readonly until: number }
  | { readonly is: 'open'; readonly id: number; readonly farm: string; readonly host: string; readonly session: number }
  | { readonly is: 'line'; readonly session: number; readonly text: string }
  | { readonly is: 'eof' | 'lost'; readonly session: number }
  | { readonly is: 'drop'; readonly farm: string }

/** What it tells. `now` is the farm's time; `request` tells that a host has got one. */
export type Told =
  | { readonly is: 'done'; readonly id: number; readonly now: number; readonly ok: boolean }
  | { readonly is: 'now'; readonly farm: string; readonly now: number }
  | { readonly is: 'request'; readonly farm: string }
  | { readonly is: 'text'; readonly session: number; readonly text: string }
  | { readonly is: 'exit'; readonly session: number; readonly code: number | null }

const START = Date.UTC(2026, 9, 14, 8)

interface Served {
  readonly clock: ReturnType<typeof virtualClock>
  readonly agents: ReadonlyMap<string, AgentHost>
  close(): Promise<void>
}

const farms = new Map<string, Served>()
const sessions = new Map<number, AgentSession>()

function tell(told: Told): void {
  process.send?.(told)
}

/** Every farm is the same: seed and start are, so that what was asked of one can be asked of another. Without SSH it has a name of its own. */
async function serve(name: string, dir: string | null, answerMs: number): Promise<Served> {
  const clock = virtualClock(START)
  const preset = presetFarm({ os: 'windows-11-23h2', office: 'ltsc-2021' })
  const plan = checkFarm(dir === null ? { ...preset, farm: name } : preset)
  const { farm } = buildFarm(plan, clock)
  const timed = (agent: AgentHost): AgentHost => ({
    ...agent,
    perform: async (op, args, tools) => {
      tell({ is: 'request', farm: name })
      const wait = delay(answerMs)
      const facts = await agent.perform(op, args, tools)
      await wait
      tell({ is: 'now', farm: name, now: clock.now() })
      return facts
    },
  })
  const agents = [
    ...farm.servers.map((one) => serverHost(farm, one)),
    ...farm.devices.map((one) => targetHost(farm, one)),
    kmsHost(farm),
  ].map(timed)
  const byName = new Map(agents.map((agent) => [agent.name, agent]))
  if (dir === null) return { clock, agents: byName, close: () => Promise.resolve() }

  const keys = join(dir, 'keys')
  const client = await keptKey(keys, 'client_key')
  const hosts = await Promise.all(
    agents.map(async (agent) => serveHost(agent, openSession, await keptKey(keys, `host_${agent.name}`), client.public, 0)),
  )
  farm.onPower.push((device, up) => {
    if (!up) hosts.find((one) => one.host.name === device.name)?.down()
  })
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'inventory.yaml'), inventoryText(plan, hosts, { speed: 1000, start: START }))
  writeFileSync(join(dir, 'known_hosts'), knownHostsText(hosts))
  writeFileSync(join(dir, 'client_key'), client.private, { mode: 0o600 })
  return {
    clock,
    agents: byName,
    close: async () => {
      await Promise.all(hosts.map((one) => one.close()))
    },
  }
}

async function take(asked: Asked): Promise<void> {
  switch (asked.is) {
    case 'farm': {
      const served = await serve(asked.farm, asked.dir, asked.answerMs)
      farms.set(asked.farm, served)
      tell({ is: 'done', id: asked.id, now: served.clock.now(), ok: true })
      return
    }
    case 'wait': {
      const clock = farms.get(asked.farm)?.clock
      await clock?.wait(asked.until)
      tell({ is: 'done', id: asked.id, now: clock?.now() ?? 0, ok: true })
      return
    }
    case 'open': {
      const served = farms.get(asked.farm)
      const host = served?.agents.get(asked.host)
      host?.farm.time.settle()
      const ok = host !== undefined && host.alive() !== null
      tell({ is: 'done', id: asked.id, now: served?.clock.now() ?? 0, ok })
      if (ok) sessions.set(asked.session, converse(host, asked.session))
      return
    }
    case 'line':
      return sessions.get(asked.session)?.line(asked.text)
    case 'eof':
      return sessions.get(asked.session)?.eof()
    case 'lost':
      sessions.get(asked.session)?.lost()
      return void sessions.delete(asked.session)
    case 'drop':
      await farms.get(asked.farm)?.close()
      return void farms.delete(asked.farm)
  }
}

function converse(host: AgentHost, session: number): AgentSession {
  const end = (code: number | null) => {
    tell({ is: 'exit', session, code })
    sessions.delete(session)
  }
  return openSession(host, {
    send: (text) => tell({ is: 'text', session, text }),
    complain: () => undefined,
    exit: (code) => end(code),
    breakLink: () => end(null),
  })
}

process.on('message', (asked: Asked) => void take(asked))
process.on('disconnect', () => process.exit(0))
