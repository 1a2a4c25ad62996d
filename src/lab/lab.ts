import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { kmsHost, serverHost, targetHost, type AgentHost } from './agent/agent-host.ts'
import { openSession, type OpenSession } from './agent/session.ts'
import { realClock, type FarmClock } from './clock.ts'
import { buildFarm } from './farm-file/build.ts'
import { checkFarm, readFarmFile } from './farm-file/load.ts'
import type { FarmFile, FarmPlan } from './farm-file/schema.ts'
import type { Cast } from './faults/lab-fault.ts'
import { inventoryOf, inventoryText, knownHostsText, type LabFiles, type LabInventory } from './inventory.ts'
import type { Farm } from './model/farm.ts'
import { ledgerOf, type LedgerEntry, type MachineLedger } from './model/ledger.ts'
import type { World } from './model/worlds.ts'
import { keptKey, type KeyPair } from './ssh/keys.ts'
import { serveHost, type SshHost } from './ssh/ssh-host.ts'
import { powershellFront, type AgentCall, type PowershellFront } from './windows/front.ts'
import { findPwsh } from './windows/pwsh.ts'
import type { TypedEnd } from './windows/typed.ts'

/** How a lab is started, where it differs from its farm file. */
export interface LabOptions {
  /** Where keys, inventory and known_hosts are kept. Without it a temporary folder that goes with the lab. */
  readonly dir?: string
  /** Overrides the farm file's speed. */
  readonly speed?: number
  /** Another clock than real time x speed, for simulations within one process. */
  readonly clock?: FarmClock
  /** Ports by host name, to come back where an earlier lab was; others take free ones. */
  readonly ports?: Readonly<Record<string, number>>
  /** Who answers agent sessions: the lab itself, or the machine's PowerShell with the agents as they are shipped. */
  readonly agents?: Agents
  /** Stands around every call that the shipped agents make of their Windows, so that a test can end one in the middle of it. */
  readonly around?: (call: AgentCall, proceed: () => unknown) => unknown
}

/** The two fronts of a lab. */
export type Agents = 'built-in' | 'powershell'

/** There is no PowerShell to start. */
class NoPowershell extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'NoPowershell'
  }
}

/** A simulated farm that answers over SSH on loopback. */
export interface Lab {
  readonly speed: number
  readonly world: World
  readonly inventory: LabInventory
  /** Paths of inventory.yaml, known_hosts and the client's key. */
  readonly files: LabFiles
  readonly clock: FarmClock
  /** The farm itself, for tests to prepare state and to look behind the facts. */
  readonly model: Farm
  readonly cast: Cast
  readonly agents: Agents
  /** Types a line at the console of a host that has agents in PowerShell; null while it is off. */
  type(host: string, line: string): Promise<TypedEnd | null>
  /** What agents asked of Windows and the lab does not model; the built-in front asks nothing. */
  unmodelled(): readonly string[]
  /** What really happened so far; of one machine in the form tests compare. */
  ledger(): readonly LedgerEntry[]
  ledger(machine: string): MachineLedger
  /** Writes inventory.yaml, known_hosts and the client's key into a folder. */
  writeTo(folder: string): Promise<LabFiles>
  /** Ends every connection and closes every port. */
  close(): Promise<void>
}

/** Starts a lab from a farm file's path or from a farm given as an object. Rejects with a FarmFileError when the farm cannot be simulated,
 *  with NoPowershell when there is none for that front. */
export async function startLab(from: string | FarmFile, options: LabOptions = {}): Promise<Lab> {
  const plan = typeof from === 'string' ? await readFarmFile(from) : checkFarm(from)
  const speed = options.speed ?? plan.speed
  const start = Date.now()
  const clock = options.clock ?? realClock(speed, start)
  const { farm, cast } = buildFarm(plan, clock)
  const dir = options.dir === undefined ? await mkdtemp(join(tmpdir(), 'vdiskprep-lab-')) : resolve(options.dir)
  const client = await keptKey(join(dir, 'keys'), 'client_key')
  const agents = options.agents ?? 'built-in'
  const front = agents === 'powershell' ? await frontOfPowershell(options.around) : undefined
  const open = front?.openSession ?? openSession
  const hosts = await serveAll(farm, open, client, join(dir, 'keys'), options.ports ?? {})
  farm.onPower.push((device, up) => {
    if (!up) hosts.find((one) => one.host.name === device.name)?.down()
  })
  const writeTo = (folder: string) => writeFiles(folder, plan, hosts, { speed, start }, client)
  const files = await writeTo(dir)

  function ledger(): readonly LedgerEntry[]
  function ledger(machine: string): MachineLedger
  function ledger(machine?: string): readonly LedgerEntry[] | MachineLedger {
    farm.time.settle()
    return machine === undefined ? [...farm.ledger.entries] : ledgerOf(farm.ledger.entries, machine)
  }
  return {
    speed,
    world: plan.world,
    inventory: inventoryOf(hosts, { speed, start }, files),
    files,
    clock,
    model: farm,
    cast,
    agents,
    type: async (name, line) => {
      const found = hosts.find(({ host }) => host.name === name)?.host
      if (front === undefined || found === undefined) throw new Error(`nothing can be typed at ${name}`)
      return await front.type(found, line)
    },
    unmodelled: () => front?.unmodelled() ?? [],
    ledger,
    writeTo,
    async close() {
      clock.close()
      await Promise.all(hosts.map((one) => one.close()))
      await front?.close()
      if (options.dir === undefined) await rm(dir, { recursive: true, force: true })
    },
  }
}

async function frontOfPowershell(around: LabOptions['around']): Promise<PowershellFront> {
  const found = await findPwsh()
  if ('why' in found) throw new NoPowershell(found.why)
  return await powershellFront(found.program, around)
}

async function serveAll(
  farm: Farm,
  open: OpenSession,
  client: KeyPair,
  keys: string,
  ports: Readonly<Record<string, number>>,
): Promise<SshHost[]> {
  const agents: AgentHost[] = [
    ...farm.servers.map((one) => serverHost(farm, one)),
    ...farm.devices.map((one) => targetHost(farm, one)),
    kmsHost(farm),
  ]
  return await Promise.all(
    agents.map(async (agent) =>
      serveHost(agent, open, await keptKey(keys, `host_${agent.name}`), client.public, ports[agent.name] ?? 0),
    ),
  )
}

async function writeFiles(
  folder: string,
  plan: FarmPlan,
  hosts: readonly SshHost[],
  lab: LabInventory['lab'],
  client: KeyPair,
): Promise<LabFiles> {
  const at = resolve(folder)
  const files = { inventory: join(at, 'inventory.yaml'), knownHosts: join(at, 'known_hosts'), clientKey: join(at, 'client_key') }
  await mkdir(at, { recursive: true })
  await writeFile(files.inventory, inventoryText(plan, hosts, lab))
  await writeFile(files.knownHosts, knownHostsText(hosts))
  await writeFile(files.clientKey, client.private, { mode: 0o600 })
  return files
}
