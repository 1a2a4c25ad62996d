import type { LoadedInventory } from '../../../workflow/resolve-inventory.ts'

/** The shipped procedures that a first file may extend, each with what it is for. */
export const PROCEDURES = {
  'kms-new-image': 'a new base image: all eight steps',
  'kms-windows-only': 'a new base image without volume Office',
  'kms-update-image': 'a sealed vDisk gets its updates',
  'kms-repair': 'clones share a CMID, or do not activate',
  'verify-only': 'look at clones of a sealed vDisk, change nothing',
} as const

export type Procedure = keyof typeof PROCEDURES

/** How hosts are reached. */
export const TRANSPORTS = {
  ssh: 'OpenSSH for Windows on every host',
  winrm: 'PowerShell remoting (WinRM)',
} as const

/** What a first workflow and inventory are written from. `domain` is appended to host names to make addresses; null: names are addresses. */
export interface Wishes {
  readonly procedure: Procedure
  readonly farm: string
  readonly site: string
  readonly store: string
  readonly vdisk: string
  readonly servers: readonly string[]
  readonly target: string
  readonly canaries: readonly string[]
  readonly kmsHost: string | null
  readonly domain: string | null
  readonly transport: keyof typeof TRANSPORTS
  readonly user: string
  readonly os: string | null
  readonly office: 'auto' | 'none'
}

/** What stands in the files when nobody says otherwise: names of a farm that does not exist. */
export const USUAL: Wishes = {
  procedure: 'kms-new-image',
  farm: 'HQ',
  site: 'Main',
  store: 'Store1',
  vdisk: 'W11-Office',
  servers: ['PVS01'],
  target: 'W11-MASTER',
  canaries: ['W11-T01', 'W11-T02'],
  kmsHost: null,
  domain: 'hq.example',
  transport: 'ssh',
  user: 'HQ\\svc-vdiskprep',
  os: null,
  office: 'auto',
}

/** The same with the names of an inventory that is there already; of several farms and sites, the first. */
export function usualWith({ inventory, farms }: LoadedInventory): Wishes {
  const named = (role: string) => Object.values(inventory.hosts).flatMap((host) => (host.role === role ? [host.name] : []))
  const [farm = USUAL.farm] = farms.keys()
  const [site, servers] = [...(farms.get(farm) ?? [])][0] ?? [USUAL.site, named('pvs')]
  const [target = USUAL.target, ...others] = named('target')
  return { ...USUAL, farm, site, servers, target, canaries: others.length === 0 ? USUAL.canaries : others.slice(0, 2) }
}

/** Names with commas or blanks between them. */
export function split(said: string): readonly string[] {
  return said.split(/[\s,]+/).filter((name) => name !== '')
}
