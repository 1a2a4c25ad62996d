import { existsSync, mkdirSync } from 'node:fs'
import { homedir, hostname, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { randomIds } from './clock/ids.ts'
import { farmClock, systemClock } from './clock/system.ts'
import type { World } from './engine/drive.ts'
import type { Clock, Ids } from './engine/ports/clock.ts'
import type { Store } from './engine/ports/store.ts'
import type { Person } from './procedure/events.ts'
import { createHosts } from './remote/hosts.ts'
import { readAgents, readBootstrap } from './remote/agent-files.ts'
import { createRedactor, type Redactor } from './remote/redaction.ts'
import { createSecrets } from './remote/secrets.ts'
import { openStore } from './store/sqlite/open.ts'
import { diskFiles } from './workflow/file-reader.ts'
import type { Inventory } from './workflow/inventory.ts'
import type { Files } from './workflow/reading.ts'

/** A simulated farm that this process runs. */
export interface RunningLab {
  readonly inventory: string
  readonly speed: number
  readonly worlds: string
  ledger(): readonly unknown[]
  close(): Promise<void>
}

/** What commands work with: every concrete adapter of this program is chosen here and nowhere else. */
export interface Composition {
  readonly version: string
  readonly ids: Ids
  readonly redactor: Redactor
  readonly files: Files
  readonly stateFolder: string
  person(claim: string | null): Person
  openStore(path: string | null, readOnly?: boolean): Store
  farmClock(inventory: Inventory | null): Clock
  startLab(farm: string): Promise<RunningLab>
  world(inventory: Inventory, store: Store): Promise<World>
}

/** The root of the installed package or of the checkout: where workflows/, agents/ and examples/ lie. */
function packageRoot(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  return existsSync(join(here, 'workflows')) ? here : dirname(here)
}

/** Composes the program from this process's environment. */
export function compose(version: string, env: Readonly<Record<string, string | undefined>> = process.env): Composition {
  const root = packageRoot()
  const redactor = createRedactor()
  const stateFolder = env['VDISKPREP_HOME'] ?? defaultStateFolder(env)
  return {
    version,
    ids: randomIds,
    redactor,
    files: diskFiles(join(root, 'workflows')),
    stateFolder,
    person: (claim) => ({ login: userInfo().username, host: hostname(), claim }),
    openStore: (path, readOnly = false) => {
      const file = path ?? env['VDISKPREP_STORE'] ?? join(stateFolder, 'runs.db')
      if (!readOnly) mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      return openStore(file, { readOnly })
    },
    farmClock: clockOf,
    startLab: async (farm) => {
      const { startLab } = await import('./lab/lab.ts')
      const lab = await startLab(farm)
      const worlds = Object.entries(lab.world).map(([name, value]) => `${name}=${value}`)
      return {
        inventory: lab.files.inventory,
        speed: lab.speed,
        worlds: worlds.join(' '),
        ledger: () => lab.ledger(),
        close: () => lab.close(),
      }
    },
    world: async (inventory, store) => {
      const bootstrap = await readBootstrap(join(root, 'agents'))
      const hosts = createHosts({
        inventory,
        knownHosts: inventory.knownHosts,
        bootstrap,
        bundleFor: (role) => readAgents(join(root, 'agents'), role),
        secrets: createSecrets({ env, prompt: null, redactor }),
        log: () => undefined,
      })
      return { store, hosts, clock: systemClock, farmClock: clockOf(inventory) }
    },
  }
}

/** Farm time: real time, or on a lab as fast as it runs. */
function clockOf(inventory: Inventory | null): Clock {
  return inventory === null || inventory.lab === null ? systemClock : farmClock(inventory.lab.speed, inventory.lab.start)
}

function defaultStateFolder(env: Readonly<Record<string, string | undefined>>): string {
  if (process.platform === 'win32') return join(env['LOCALAPPDATA'] ?? homedir(), 'vdiskprep')
  return join(env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'vdiskprep')
}
