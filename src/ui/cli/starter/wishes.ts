import { parse } from 'node:path'
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

/** What is proposed for all that nobody has said, by what was said so far. */
export type Proposal = (said: Partial<Wishes>) => Wishes

/** Proposes the usual names: those of a farm that does not exist. */
export const proposeUsual: Proposal = (said) => (Object.keys(said).length === 0 ? USUAL : { ...USUAL, ...said })

/** Proposes names of an inventory that is there already: of its farms and sites the first that is not said otherwise, devices that are called
 *  like the vDisk, and the vDisk like the workflow file. */
export function proposedBy({ inventory, farms }: LoadedInventory, file: string): Proposal {
  const named = (role: string) => Object.values(inventory.hosts).flatMap((host) => (host.role === role ? [host.name] : []))
  return (said) => {
    const farm = said.farm ?? [...farms.keys()][0] ?? USUAL.farm
    const sites = farms.get(farm) ?? new Map<string, readonly string[]>()
    const site = said.site ?? [...sites.keys()][0] ?? USUAL.site
    const vdisk = said.vdisk ?? parse(file).name
    const all = named('target')
    const own = all.filter((name) => name.toLowerCase().startsWith(vdisk.toLowerCase()))
    const target = said.target ?? own.find((name) => PREP.test(name)) ?? own[0] ?? all[0] ?? USUAL.target
    const [alike, others] = [own, all].map((names) => names.filter((name) => name !== target).slice(0, 2))
    const canaries = alike?.length === 2 ? alike : others?.length === 2 ? others : USUAL.canaries
    return { ...USUAL, farm, site, servers: sites.get(site) ?? named('pvs'), vdisk, target, canaries, ...said }
  }
}

/** How devices on which images are prepared are often called. */
const PREP = /prep|master|gold/i

/** Names with commas or blanks between them. */
export function split(said: string): readonly string[] {
  return said.split(/[\s,]+/).filter((name) => name !== '')
}
