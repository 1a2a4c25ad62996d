import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '../../src/clock/system.ts'
import type { Inventory } from '../../src/workflow/inventory.ts'
import { readInventory } from '../../src/workflow/read-workflow.ts'
import { readAgents, readBootstrap, readRelay } from '../../src/remote/agent-files.ts'
import { createHosts } from '../../src/remote/hosts.ts'
import { createRedactor } from '../../src/remote/redaction.ts'
import { createSecrets } from '../../src/remote/secrets.ts'
import type { Patience } from '../../src/remote/session/patience.ts'
import { worldWith, type AtBoundary } from '../crash/boundaries.ts'
import type { LabFarm } from '../run/harness.ts'
import { startProxy, type Proxy } from './proxy.ts'

const AGENTS = join(import.meta.dirname, '../../agents')

/** Short of a host that says nothing, long against a busy machine. The longest answer of the lab takes milliseconds of real time. */
const patience: Patience = {
  connectMs: 2500,
  bannerMs: 2500,
  partMs: 2500,
  welcomeMs: 2500,
  marginMs: 500,
  closeMs: 500,
  limitMs: () => 2000,
}

/** A farm whose hosts are reached through proxies, one each. */
export interface Wired {
  readonly proxies: ReadonlyMap<string, Proxy>
  close(): Promise<void>
}

/** Puts a proxy before every host of a farm; `at` is called at every boundary of a run that begins or goes on from now. */
export async function wire(farm: LabFarm, at: AtBoundary): Promise<Wired> {
  const direct = readInventory(farm.lab.files.inventory, farm.composition.files)
  const proxies = new Map<string, Proxy>()
  for (const [name, { transport }] of Object.entries(direct.hosts))
    if (transport.by === 'ssh') proxies.set(name, await startProxy(transport.port))
  const inventory = await throughProxies(direct, proxies, farm.folder)
  farm.world = async () => {
    const hosts = createHosts({
      inventory,
      knownHosts: inventory.knownHosts,
      bootstrap: await readBootstrap(AGENTS),
      relay: await readRelay(AGENTS),
      bundleFor: (role) => readAgents(AGENTS, role),
      secrets: createSecrets({ env: {}, prompt: () => Promise.resolve(''), redactor: createRedactor() }),
      log: () => undefined,
      patience,
    })
    const farmClock = farm.lab.clock
    return { ...worldWith({ store: farm.openStore(), hosts, clock: systemClock, farmClock }, at), farmClock }
  }
  return {
    proxies,
    close: async () => {
      await Promise.all([...proxies.values()].map((proxy) => proxy.close()))
    },
  }
}

async function throughProxies(direct: Inventory, proxies: ReadonlyMap<string, Proxy>, folder: string): Promise<Inventory> {
  let known = await readFile(direct.knownHosts, 'utf8')
  const hosts = Object.entries(direct.hosts).map(([name, entry]) => {
    const [{ transport }, port] = [entry, proxies.get(name)?.port]
    if (transport.by !== 'ssh' || port === undefined) return [name, entry] as const
    known = known.replace(`]:${String(transport.port)} `, `]:@${String(port)} `)
    return [name, { ...entry, transport: { ...transport, port } }] as const
  })
  const knownHosts = join(folder, 'known_hosts.proxies')
  await writeFile(knownHosts, known.replaceAll(':@', ':'))
  return { ...direct, knownHosts, hosts: Object.fromEntries(hosts) }
}
