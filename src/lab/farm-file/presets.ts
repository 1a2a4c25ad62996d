import { officeReleases, type OfficeName } from '../model/office-releases.ts'
import type { WindowsName } from '../model/windows-releases.ts'
import type { FarmFile } from './schema.ts'

/** What a scenario says of its farm; everything else is usual. */
export interface PresetWish {
  readonly os: WindowsName
  readonly office?: OfficeName | null
  /** Visio beside the suite. Default true where there is Office. */
  readonly visio?: boolean
  readonly image?: Partial<FarmFile['images'][string]>
  readonly faults?: FarmFile['faults']
  readonly world?: FarmFile['world']
  readonly speed?: number
  readonly seed?: number
  readonly store?: 'share' | 'local'
  /** The image lies on the master's own hard disk; the vDisk is still to be made. */
  readonly onHardDisk?: boolean
}

const prefixes: Readonly<Record<WindowsName, string>> = {
  'windows-7': 'W7',
  'server-2008-r2': 'S08',
  'windows-8.1': 'W8',
  'server-2012-r2': 'S12',
  'windows-10-22h2': 'W10',
  'windows-11-23h2': 'W11',
  'windows-11-24h2': 'W11',
  'server-2016': 'S16',
  'server-2019': 'S19',
  'server-2022': 'S22',
  'server-2025': 'S25',
}

/** Names of the parts of a preset farm: `W11-MASTER`, `W11-T01`, `W11-T02`, disk `W11-Office` in `Store1` on PVS01 and PVS02. */
export function presetNames(os: WindowsName) {
  const prefix = prefixes[os]
  return {
    master: `${prefix}-MASTER`,
    canaries: [`${prefix}-T01`, `${prefix}-T02`],
    production: `${prefix}-USER01`,
    disk: `${prefix}-Office`,
  } as const
}

/** The pairs that the shipped scenarios are proved on. */
export const presetPairs: readonly { readonly os: WindowsName; readonly office: OfficeName }[] = [
  { os: 'windows-7', office: '2010' },
  { os: 'windows-10-22h2', office: '2016' },
  { os: 'windows-10-22h2', office: '2019' },
  { os: 'windows-11-23h2', office: 'ltsc-2021' },
  { os: 'windows-11-23h2', office: 'ltsc-2024' },
  { os: 'server-2016', office: '2016' },
  { os: 'server-2019', office: '2016' },
  { os: 'server-2019', office: '2019' },
  { os: 'server-2019', office: 'ltsc-2021' },
  { os: 'server-2022', office: '2016' },
  { os: 'server-2022', office: '2019' },
  { os: 'server-2022', office: 'ltsc-2021' },
  { os: 'server-2022', office: 'ltsc-2024' },
  { os: 'server-2025', office: '2016' },
  { os: 'server-2025', office: '2019' },
  { os: 'server-2025', office: 'ltsc-2021' },
  { os: 'server-2025', office: 'ltsc-2024' },
]

/** Farm HQ with one vDisk that is assigned to its master alone, two canaries, one production device, two servers and a KMS host. */
export function presetFarm(wish: PresetWish): FarmFile {
  const { master, canaries, production, disk } = presetNames(wish.os)
  const office = wish.office ?? null
  const visio = office !== null && (wish.visio ?? true)
  const products = office === null ? undefined : [officeReleases[office].suite, ...(visio ? [visioOf(office)] : [])]
  return {
    farm: 'HQ',
    domain: 'hq',
    speed: wish.speed ?? 500,
    seed: wish.seed ?? 1,
    ...(wish.world === undefined ? {} : { world: wish.world }),
    servers: ['PVS01', 'PVS02'],
    stores: [{ name: 'Store1', servers: ['PVS01', 'PVS02'], kind: wish.store ?? 'share' }],
    images: { base: { os: wish.os, office, ...(products === undefined ? {} : { products }), ...wish.image } },
    disks: [{ name: wish.onHardDisk === true ? 'Other-Image' : disk, store: 'Store1', image: 'base' }],
    devices: [
      {
        name: master,
        role: 'master',
        ...(wish.onHardDisk === true ? { bootFrom: 2, hardDisk: 'base' } : { disks: [disk] }),
      },
      ...canaries.map((name) => ({ name, role: 'canary' as const })),
      { name: production, role: 'production' },
    ],
    faults: wish.faults ?? [],
  }
}

function visioOf(office: OfficeName): string {
  const { release } = officeReleases[office]
  return ['2010', '2013', '2016'].includes(release) ? 'VisioProVolume' : `VisioPro${release}Volume`
}
