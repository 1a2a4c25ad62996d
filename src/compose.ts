import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { homedir, hostname, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { randomIds } from './clock/ids.ts'
import { farmClock, systemClock } from './clock/system.ts'
import { lazyDiary, type LazyDiary } from './diary/lazy-diary.ts'
import type { World } from './engine/drive.ts'
import type { Clock, Ids } from './engine/ports/clock.ts'
import type { Hosts } from './engine/ports/hosts.ts'
import type { Store } from './engine/ports/store.ts'
import { Fault } from './faults/fault.ts'
import type { Person } from './procedure/events.ts'
import type { Hands } from './engine/ports/by-hand.ts'
import { askFirst, hostsBy } from './remote/hosts-by.ts'
import { withThisMachine } from './remote/here/hosts.ts'
import { readAgents, readBootstrap, readInstalled } from './remote/agent-files.ts'
import type { AgentFile, ComparedFolder } from './remote/agent-folder.ts'
import { createRedactor, type Redactor } from './remote/redaction.ts'
import type { RemoteLog } from './remote/log.ts'
import { readOwnKey } from './remote/own-keys.ts'
import { createSecrets, type Secrets } from './remote/secrets.ts'
import { withoutSecrets } from './remote/without-secrets.ts'
import { openStore } from './store/sqlite/open.ts'
import { createNotifier } from './notify/create-notifier.ts'
import type { Notifier } from './report/events/notifier.ts'
import { askHidden } from './ui/cli/asking.ts'
import { diskFiles } from './workflow/file-reader.ts'
import type { Inventory } from './workflow/inventory.ts'
import type { LabWish, RunningLab } from './lab/running-lab.ts'
import type { Files } from './workflow/reading.ts'
import type { NotifySettings } from './workflow/settings.ts'
import type { Role } from './wire/operations/catalogue.ts'

/** A host key as a person is asked about it; `verdict` is what the known_hosts file says of it now. */
export interface OfferedKey {
  readonly host: string
  readonly name: string
  readonly type: string
  readonly fingerprint: string
  readonly verdict: 'known' | 'unknown' | 'changed' | 'revoked'
  /** Writes it into the known_hosts file. Rejects with HOST_KEY_CHANGED when another key stands there and `replace` is false. */
  trust(replace: boolean): Promise<'added' | 'present' | 'replaced'>
}

/** Folders with agents that are to be installed on hosts. */
export interface AgentFolders {
  /** What a folder holds beside what would be written, in words. */
  foreign(folder: string, roles: readonly Role[]): Promise<readonly string[]>
  /** Writes the files of a role with their hash list. */
  write(folder: string, role: Role): Promise<readonly AgentFile[]>
  /** How an exported folder differs from what would be written; empty when it is none. */
  compare(folder: string): Promise<readonly ComparedFolder[]>
}

/** Beside the environment: whether somebody can be asked, and whom to tell of a run. */
export interface Unattended {
  readonly attended?: boolean
  readonly notify?: NotifySettings
}

/** What commands work with: every concrete adapter of this program is chosen here and nowhere else. */
export interface Composition {
  readonly version: string
  readonly ids: Ids
  readonly redactor: Redactor
  readonly files: Files
  readonly stateFolder: string
  readonly diary: LazyDiary
  person(claim: string | null): Person
  openStore(path: string | null, readOnly?: boolean): Store
  /** A product key by its reference (env:NAME, file:path, prompt:LABEL). Rejects with SECRET_MISSING. */
  readKey(reference: string, host: string): Promise<string>
  /** The file that `openStore` opens. */
  storeFile(path: string | null): string
  farmClock(inventory: Inventory | null): Clock
  startLab(farm: string, options?: LabWish): Promise<RunningLab>
  /** The hosts of an inventory. The secrets of `names` are read at once, before anything is drawn on the terminal. With `hands` people carry
   *  every question to its host, and no login is needed. */
  hosts(inventory: Inventory, names?: readonly string[], hands?: Hands): Promise<Hosts>
  world(inventory: Inventory, store: Store, names?: readonly string[], hands?: Hands): Promise<World>
  hostKey(host: string, inventory: Inventory): Promise<OfferedKey>
  agentFolders(): Promise<AgentFolders>
  notifier(): Notifier
  /** The faults that a farm file may declare, and what a correct run says of each (null: it goes on). */
  labFaults(): Promise<readonly { name: string; does: string; expect: string | null; reads: readonly string[] }[]>
}

type Env = Readonly<Record<string, string | undefined>>

/** Composes the program from this process's environment. */
export function compose(version: string, env: Env = process.env, { attended = true, notify = {} }: Unattended = {}): Composition {
  const root = packageRoot()
  const redactor = createRedactor()
  const stateFolder = env['VDISKPREP_HOME'] ?? defaultStateFolder(env)
  const storeFile = (path: string | null) => path ?? env['VDISKPREP_STORE'] ?? join(stateFolder, 'runs.db')
  const secrets = createSecrets({ env, prompt: attended ? askHidden() : null, redactor })
  const diary = lazyDiary(join(stateFolder, 'diary.log'), redactor)
  const agents = join(root, 'agents')
  const hosts: Composition['hosts'] = async (inventory, names = [], hands) => {
    await askFirst(inventory, names, secrets, hands)
    const log: RemoteLog = ({ host, event, detail }) => diary.info(event, { host, detail })
    const remote = await hostsBy(agents, { inventory, secrets, hands, log })
    return withoutSecrets(withThisMachine(remote), (text) => redactor.redact(text))
  }
  return {
    version,
    ids: randomIds,
    redactor,
    files: diskFiles(join(root, 'workflows')),
    stateFolder,
    diary,
    person: (claim) => ({ login: userInfo().username, host: hostname(), claim }),
    openStore: (path, readOnly = false) => {
      const file = storeFile(path)
      if (!readOnly) mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      return openStore(file, { readOnly })
    },
    readKey: (reference, host) => readOwnKey(reference, secrets, host),
    storeFile,
    farmClock: clockOf,
    startLab: simulated,
    hosts,
    world: async (inventory, store, names, hands) => ({
      store,
      hosts: await hosts(inventory, names, hands),
      clock: systemClock,
      farmClock: clockOf(inventory),
    }),
    hostKey: (host, inventory) => offeredKey(host, inventory, secrets),
    notifier: () => createNotifier({ settings: notify, secrets, diary, version }),
    agentFolders: () => agentFolders(agents, version),
    labFaults: async () => (await import('./lab/faults/catalogue.ts')).listFaults(),
  }
}

/** The root of the installed package or of the checkout: where workflows/, agents/ and examples/ lie. */
function packageRoot(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  return existsSync(join(here, 'workflows')) ? here : dirname(here)
}

async function simulated(farm: string, options?: LabWish): Promise<RunningLab> {
  const { startLab } = await import('./lab/lab.ts')
  const { keepLedger } = await import('./lab/ledger-file.ts')
  const { speed = null, agents = null } = options ?? {}
  const lab = await startLab(farm, {
    ...(options === undefined ? {} : { dir: options.dir }),
    ...(speed === null ? {} : { speed }),
    ...(agents === null ? {} : { agents }),
  }).catch((thrown: unknown) => {
    throw farmFault(farm, thrown)
  })
  const ledgerFile = options === undefined ? null : join(options.dir, 'ledger.json')
  // A second Ctrl-C ends the process at once: a farm that lives as long as the command leaves no keys behind then either.
  const clear = () => rmSync(dirname(lab.files.inventory), { recursive: true, force: true })
  if (options === undefined) process.once('exit', clear)
  const writeLedger = ledgerFile === null ? () => undefined : keepLedger(lab.model, ledgerFile)
  return {
    ...lab.files,
    ledgerFile,
    speed: lab.speed,
    worlds: Object.entries(lab.world)
      .map(([name, value]) => `${name}=${value}`)
      .join(' '),
    agents: lab.agents,
    ledger: () => lab.ledger(),
    close: async () => {
      writeLedger()
      await lab.close()
      process.off('exit', clear)
    },
  }
}

/** What is wrong with a farm file, in the words of other files. */
function farmFault(file: string, thrown: unknown): unknown {
  if (thrown instanceof Error && thrown.name === 'NoPowershell')
    return new Fault('LAB_NO_POWERSHELL', { why: thrown.message }, thrown)
  const diagnostic = { file, line: 0, col: 0, excerpt: '', suggestion: null, expected: null }
  const problems =
    thrown instanceof Error && 'problems' in thrown
      ? (thrown.problems as readonly string[])
      : (thrown as NodeJS.ErrnoException).code === 'ENOENT'
        ? ['there is no such file']
        : (thrown as NodeJS.ErrnoException).code === 'EISDIR'
          ? ['this is a folder; a farm file such as lab.yaml is expected']
          : null
  if (problems === null) return thrown
  const isWorkflow = problems.some((problem) => /Unrecognized keys?: .*"(extends|inventory|target)"/.test(problem))
  const says = isWorkflow ? ['this is a workflow file; a farm file such as lab.yaml is expected'] : problems
  const diagnostics = says.map((message) => ({ ...diagnostic, message }))
  return new Fault('FARM_FILE_INVALID', { file, diagnostics }, thrown)
}

/** How long a host may take to show its key. */
const KEY_MS = 15_000

async function offeredKey(host: string, inventory: Inventory, secrets: Secrets): Promise<OfferedKey> {
  const { fetchHostKey, trustHost } = await import('./remote/ssh/trust.ts')
  const { readKnownHosts } = await import('./remote/ssh/connect.ts')
  const { judgeHostKey } = await import('./remote/ssh/known-hosts.ts')
  const { knownHosts } = inventory
  const shown = await fetchHostKey(host, { inventory, knownHosts, secrets, connectMs: KEY_MS })
  return {
    host,
    name: shown.name,
    type: shown.type,
    fingerprint: shown.fingerprint,
    verdict: judgeHostKey(await readKnownHosts(knownHosts), shown.name, shown.key),
    trust: (replace) => trustHost(knownHosts, shown, { replace }),
  }
}

async function agentFolders(agents: string, version: string): Promise<AgentFolders> {
  const { compareFolder, foreignIn, listed, writeRole } = await import('./remote/agent-folder.ts')
  const { installedFiles } = await import('./remote/installed.ts')
  const texts = { bootstrap: await readBootstrap(agents), installed: await readInstalled(agents) }
  const filesOf = async (role: Role) => installedFiles({ ...texts, agents: await readAgents(agents, role) })
  return {
    foreign: (folder, roles) => foreignIn(folder, roles, filesOf),
    write: async (folder, role) => await writeRole(join(folder, role), listed(role, await filesOf(role), version)),
    compare: (folder) => compareFolder(folder, filesOf),
  }
}

/** Farm time: real time, or on a lab as fast as it runs. */
function clockOf(inventory: Inventory | null): Clock {
  const lab = inventory?.lab ?? null
  return lab === null ? systemClock : farmClock(lab.speed, lab.start)
}

function defaultStateFolder(env: Env): string {
  // HOME may be set and empty, as in a bare container.
  const home = homedir() || userInfo().homedir
  if (process.platform === 'win32') return join(env['LOCALAPPDATA'] ?? home, 'vdiskprep')
  return join(env['XDG_STATE_HOME'] ?? join(home, '.local', 'state'), 'vdiskprep')
}
