import type { FarmFile } from '../../src/lab/farm-file/schema.ts'
import { twentyDisks } from '../screens/farm-of-twenty.ts'

/** One vDisk of the site: where it lies, what is on it, and what its workflow file says beside the usual; null: nobody has written one yet. */
interface OnSite {
  readonly site: keyof typeof SITES
  readonly image: keyof typeof IMAGES
  readonly licenseMode?: 1 | 2
  readonly users?: number
  readonly says: Readonly<Record<string, unknown>> | null
}

const SITES = {
  Main: { servers: ['PVS01', 'PVS02'], store: 'Store1', kind: 'share' },
  Branch: { servers: ['PVS03'], store: 'Store2', kind: 'share' },
  Plant: { servers: ['PVS04', 'PVS05'], store: 'Store3', kind: 'local' },
  Hotel: { servers: ['PVS06'], store: 'Store4', kind: 'share' },
} as const

const IMAGES = {
  'windows-11': { os: 'windows-11-23h2', edition: 'Enterprise' },
  'windows-11-office': { os: 'windows-11-23h2', edition: 'Enterprise', office: 'ltsc-2021', products: ['ProPlus2021Volume'] },
  'windows-10-office': { os: 'windows-10-22h2', edition: 'Enterprise', office: '2019', officeRearmsLeft: 2 },
  'windows-10-by-hand': { os: 'windows-10-22h2', edition: 'Enterprise', activated: true },
  'windows-10-mak': { os: 'windows-10-22h2', edition: 'Enterprise', windowsKey: 'mak', activated: true },
  'server-2022': { os: 'server-2022', edition: 'Datacenter' },
} satisfies FarmFile['images']

const NEW = { extends: 'kms-new-image', verify: { expedite: true } }

const COPY = {
  name: 'Copy to the other server',
  on: 'pvs',
  run: String.raw`robocopy D:\Store3 \\PVS05\D$\Store3 W11-Kiosk.* /b /mir`,
  effect: 'idempotent',
}

/** The vDisks of the site, by name; each has a prep device NAME-PREP and canaries NAME-T1 and NAME-T2. */
const VDISKS = {
  'W11-Office': { site: 'Main', image: 'windows-11-office', says: NEW },
  'S22-RDS': { site: 'Main', image: 'server-2022', says: NEW },
  'W11-Desk': { site: 'Branch', image: 'windows-11', says: NEW },
  'W10-Shop': { site: 'Branch', image: 'windows-10-office', says: NEW },
  'W10-CAD': { site: 'Branch', image: 'windows-10-by-hand', licenseMode: 2, users: 3, says: { extends: 'verify-only' } },
  'W11-Sales': {
    site: 'Branch',
    image: 'windows-11',
    says: { ...NEW, approvals: { sealVDisk: { anotherPerson: true, reason: 'four eyes before the seal' } } },
  },
  'W11-Lab': { site: 'Branch', image: 'windows-11', says: NEW },
  'W10-MAK': { site: 'Branch', image: 'windows-10-mak', says: { extends: 'kms-new-image', kms: false } },
  'W11-New': { site: 'Branch', image: 'windows-11-office', says: null },
  'W11-Kiosk': {
    site: 'Plant',
    image: 'windows-11',
    says: { ...NEW, seal: { replicate: 'hook' }, hooks: { sealVDisk: { after: [COPY] } } },
  },
  'W11-Test': { site: 'Plant', image: 'windows-11', says: { ...NEW, seal: { driverProbe: 'mount' } } },
} as const satisfies Record<string, OnSite>

export type VDiskName = keyof typeof VDISKS

const all = Object.entries<OnSite>(VDISKS)
const twenty = twentyDisks('Hotel', SITES.Hotel.store)

/** The simulated farm of the site: a lost link ends what was under way, and preparing an image again is enough for a plain update. */
export const farm: FarmFile = {
  farm: 'HQ',
  world: { linkLossKillsAct: 'yes', kmsReset: 'renews' },
  servers: Object.values(SITES).flatMap(({ servers }) => [...servers]),
  stores: Object.entries(SITES).map(([site, { servers, store, kind }]) => ({ name: store, site, servers: [...servers], kind })),
  images: IMAGES,
  disks: [
    ...all.map(([name, { site, image, licenseMode = 0 as const }]) => ({ name, store: SITES[site].store, image, licenseMode })),
    ...twenty.farm.disks.map((disk) => ({ ...disk, image: 'windows-11-office' })),
  ],
  devices: [
    ...all.flatMap(([name, { licenseMode, users = 0 }]) => [
      { name: `${name}-PREP`, role: 'master' as const, disks: licenseMode === undefined ? [name] : [] },
      ...['T1', 'T2'].map((canary) => ({ name: `${name}-${canary}`, role: 'canary' as const })),
      ...Array.from({ length: users }, (_, n) => ({ name: `${name}-0${String(n + 1)}`, disks: [name], power: 'on' as const })),
    ]),
    ...twenty.farm.devices,
  ],
}

/** The workflow files of the site, by name. */
export const files: Readonly<Record<string, unknown>> = {
  'hotel.yaml': { ...twenty.workflow, inventory: 'farm/inventory.yaml' },
  ...Object.fromEntries(
    all.flatMap(([name, { site, says }]) =>
      says === null
        ? []
        : [
            [
              fileOf(name),
              {
                ...says,
                inventory: 'farm/inventory.yaml',
                farm: 'HQ',
                site,
                vdisk: { store: SITES[site].store, name },
                target: `${name}-PREP`,
                canaries: [`${name}-T1`, `${name}-T2`],
              },
            ] as const,
          ],
    ),
  ),
}

/** The workflow file of a vDisk. */
export function fileOf(name: string): string {
  return `${name.toLowerCase()}.yaml`
}
