import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import type { AgentHost } from '../agent/agent-host.ts'
import type { OpenSession } from '../agent/session.ts'
import { kmsWindows } from './kms/kms-windows.ts'
import { callsOf } from './machine/calls.ts'
import { noLeavings, type Leavings } from './machine/leavings.ts'
import { serverWindows } from './server/server-windows.ts'
import { openPowershell, type SessionPlace } from './session.ts'
import { serveSurface } from './surface-server.ts'
import type { Bench, SurfaceCalls } from './surface.ts'
import { targetWindows } from './target/target-windows.ts'
import { typedAt, type TypedEnd } from './typed.ts'

/** One call of an agent to its Windows, and what ends the agent's process at once. */
export interface AgentCall {
  readonly host: string
  readonly name: string
  readonly args: unknown
  kill(): void
}

/** Agents answered by real PowerShell processes over a modelled Windows. */
export interface PowershellFront {
  readonly openSession: OpenSession
  /** Types a line at the console of a host; null while it is off. */
  type(host: AgentHost, line: string): Promise<TypedEnd | null>
  /** What agents asked for and the lab does not model. */
  unmodelled(): readonly string[]
  /** What agents have left on a machine since it was started; undefined when no session was opened since. */
  left(host: AgentHost): Leavings | undefined
  close(): Promise<void>
}

/** What was left on a machine, the name of its locks, and what its end stops, while one boot lasts. */
interface Boot {
  readonly left: Leavings
  readonly lock: string
  readonly down: AbortController
}

/** Where the files lie that a session's PowerShell loads before the agents come; in a package, beside the bundle. */
const MODULE = join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? 'module' : 'lab-module')

/** Starts the front: a surface on loopback that all its processes ask. `pwsh` is the program to start; `around` stands around every call. */
export async function powershellFront(
  pwsh: string,
  around?: (call: AgentCall, proceed: () => unknown) => unknown,
): Promise<PowershellFront> {
  const surface = await serveSurface()
  const calls = { target: callsOf(targetWindows), pvs: callsOf(serverWindows), kms: callsOf(kmsWindows) }
  const boots = new WeakMap<object, Boot>()
  const running = new Set<ChildProcess>()
  const bootOf = (host: AgentHost): Boot => {
    const alive = host.alive() ?? {}
    const known = boots.get(alive)
    if (known !== undefined) return known
    const boot = { left: noLeavings(), lock: randomBytes(6).toString('hex'), down: new AbortController() }
    host.underWay.add(boot.down)
    boots.set(alive, boot)
    return boot
  }
  const placeFor = (host: AgentHost): SessionPlace => {
    const { left, lock, down } = bootOf(host)
    let own: ChildProcess | undefined
    const open: SessionPlace['open'] = (session, here) =>
      surface.open(
        host.name,
        calls[host.role] as SurfaceCalls<unknown>,
        () => {
          here()
          return deskOf(host, { ...session, run: session.run, farm: host.farm, host: host.name, left })
        },
        {
          language: () => host.culture(),
          around:
            around &&
            (({ name, args }, proceed) => around({ host: host.name, name, args, kill: () => own?.kill('SIGKILL') }, proceed)),
        },
      )
    const started = (child: ChildProcess) => {
      own = child
      running.add(child)
      child.once('close', () => running.delete(child))
    }
    return { open, lock, down: down.signal, pwsh, module: MODULE, started }
  }
  return {
    openSession: (host, client, command) => openPowershell(host, client, command, placeFor(host)),
    type: (host, line) => typedAt(host, line, placeFor(host)),
    unmodelled: () => surface.unmodelled(),
    left: (host) => boots.get(host.alive() ?? {})?.left,
    async close() {
      const gone = [...running].map((child) => once(child, 'close'))
      for (const child of running) child.kill('SIGKILL')
      await Promise.all(gone)
      await surface.close()
    },
  }
}

/** The desk of a host's role: what the role has besides the bench. */
function deskOf(host: AgentHost, bench: Bench): unknown {
  const device = host.farm.devices.find((one) => one.name === host.name)
  const server = host.farm.servers.find((one) => one.name === host.name)
  return { ...bench, ...{ target: { device, running: device?.running }, pvs: { server }, kms: {} }[host.role] }
}
