import type { Findings } from './findings.ts'
import { DEFAULTS } from './defaults.ts'
import { checkRole, checkWays, unknownHost } from './host-references.ts'
import { transportOf, type InventorySubject } from './host-transport.ts'
import type { HostEntry, Inventory } from './inventory.ts'
import { inventoryFile, type HostFields, type InventoryFile } from './inventory-schema.ts'
import { loadTree } from './load-workflow.ts'
import { pathBeside, readText, type Files } from './reading.ts'
import type { Source, Span } from './source.ts'
import { keyAt, plain, spanAt, written } from './tree-path.ts'

/** An inventory and what a workflow needs of it beyond the hosts: farms with their sites, and the KMS host that is asked. */
export interface LoadedInventory {
  readonly inventory: Inventory
  /** Names of all hosts, also of those whose entry has faults. */
  readonly names: readonly string[]
  readonly farms: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>
  readonly kmsHost: string | null
}

/** Reads an inventory file. `from` is where a workflow names it. */
export function loadInventory(
  path: string,
  files: Files,
  found: Findings,
  from?: { at: Span; as: string },
): LoadedInventory | undefined {
  const source = readText(files, path, found, from)
  return source && inventoryOf(source, files, found)
}

/** Resolves an inventory's text. Paths in it are relative to the file. */
function inventoryOf(source: Source, files: Files, found: Findings): LoadedInventory | undefined {
  const tree = loadTree(source, inventoryFile, found)
  if (!tree) return undefined
  const file = plain(tree) as InventoryFile
  const beside = (path: string) => pathBeside(source.file, path, files.home)
  const subject = { tree, file, found, beside }
  if (!written(tree, ['hosts']))
    found.add({ at: { file: source.file }, message: 'hosts: is missing', expected: 'every host by name' })
  const hosts = Object.entries(file.hosts ?? {}).map(([name, host]) => [name, hostEntry(subject, name, host)] as const)
  const known = Object.fromEntries(hosts.flatMap(([name, entry]) => (entry ? [[name, entry]] : [])))
  checkWays(subject, known)
  return {
    inventory: {
      file: source.file,
      knownHosts: beside(file.knownHosts ?? DEFAULTS.knownHosts),
      hosts: known,
      lab: file.lab ? { speed: file.lab.speed, start: file.lab.start ?? 0 } : null,
    },
    names: Object.keys(file.hosts ?? {}),
    farms: farmsOf(subject, known),
    kmsHost: kmsHostOf(subject),
  }
}

function hostEntry(subject: InventorySubject, name: string, host: HostFields): HostEntry | undefined {
  const { tree, found } = subject
  const at = keyAt(tree, ['hosts', name])
  if (host.role === undefined) {
    if (!written(tree, ['hosts', name, 'role'])) {
      found.add({ at, message: `hosts.${name} has no role`, expected: 'role: target, pvs, kms or jump' })
    }
    return undefined
  }
  const ways = (['ssh', 'local', 'winrm', 'hand'] as const).filter((way) => host[way] !== undefined)
  if (ways.length > 1) {
    found.add({ at, message: `hosts.${name} is reached in ${ways.length} ways: ${ways.join(', ')}`, expected: 'one of them' })
    return undefined
  }
  if (ways.length === 0 && subject.file.defaults?.ssh === undefined) {
    found.add({
      at,
      message: `hosts.${name} does not say how it is reached`,
      expected: 'ssh:, winrm:, local: true or hand: true',
    })
    return undefined
  }
  const device = host.device ?? (host.role === 'target' ? name : null)
  const transport = transportOf(subject, name, host)
  if (!transport) return undefined
  const installed = installedOf(subject, host)
  if (installed !== undefined && transport.by === 'winrm') {
    const expected = 'ssh: or local: true, or agents: streamed'
    found.add({ at, message: `hosts.${name} has installed agents, which are not started over winrm`, expected })
    return undefined
  }
  return { name, role: host.role, device, transport, ...(installed === undefined ? {} : { installed }) }
}

/** The folder of installed agents, where the host or the defaults of the file say that they are; people carry the agents with the questions. */
function installedOf({ file }: InventorySubject, { role, hand, agents = file.defaults?.agents }: HostFields): string | undefined {
  if (role === 'jump' || hand === true || agents === undefined || agents === 'streamed') return undefined
  return (agents === 'installed' ? undefined : agents.installed) ?? DEFAULTS.installed
}

function farmsOf(subject: InventorySubject, hosts: Readonly<Record<string, HostEntry>>): LoadedInventory['farms'] {
  const { tree, file, found } = subject
  const pvs = Object.values(hosts).filter(({ role }) => role === 'pvs')
  const farms = Object.entries(file.farms ?? {}).map(([farm, { sites = {} }]) => {
    const named = Object.entries(sites).map(([site, { servers = [] }]) => {
      servers.forEach((server, index) => {
        const path = ['farms', farm, 'sites', site, 'servers', index]
        checkRole({ tree, found, hosts, known: Object.keys(file.hosts ?? {}) }, { name: server, role: 'pvs', path })
      })
      if (servers.length === 0 && !written(tree, ['farms', farm, 'sites', site, 'servers'])) {
        const expected = `servers: [${pvs.map(({ name }) => name).join(', ') || 'PVS01'}]`
        found.add({ at: keyAt(tree, ['farms', farm, 'sites', site]), message: `site ${site} has no servers`, expected })
      }
      return [site, servers] as const
    })
    return [farm, new Map(named)] as const
  })
  return new Map(farms)
}

function kmsHostOf(subject: InventorySubject): string | null {
  const { tree, file, found } = subject
  if (file.kmsHost === undefined) return null
  const hosts = file.hosts ?? {}
  if (!Object.hasOwn(hosts, file.kmsHost)) {
    found.add({ at: spanAt(tree, ['kmsHost']), ...unknownHost(file.kmsHost, Object.keys(hosts), 'kmsHost') })
  } else if (hosts[file.kmsHost]?.role !== undefined && hosts[file.kmsHost]?.role !== 'kms') {
    found.add({
      at: spanAt(tree, ['kmsHost']),
      message: `kmsHost names ${file.kmsHost}, a host of role ${hosts[file.kmsHost]?.role}`,
      expected: 'a host of role kms',
    })
  }
  return file.kmsHost
}
