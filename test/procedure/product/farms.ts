import { lastFive } from '../../../src/licensing/channel.ts'
import { publicOfficeKeyFor } from '../../../src/licensing/keys.ts'
import type { FactsOf } from '../../../src/wire/operations/catalogue.ts'
import type { DeviceState, DiskState } from '../../../src/wire/operations/farm-state.ts'
import type { TargetState } from '../../../src/wire/operations/target-state.ts'
import { healthy, serviceOf, windowsProduct, type Draft } from '../../diagnosis/healthy-look.ts'

/** Everything that a look of the walk can find. */
export interface Farm extends Draft {
  clones: Record<string, TargetState>
  production: DeviceState & { device: Draft['device']['device'] }
  task: FactsOf<'Get-VdpTask'>
  /** What each canary logged of its requests to the KMS host. */
  sent: Record<string, FactsOf<'Get-VdpActivationEvents'>>
}

/** One way in which a farm differs from a plain one; `of` says whose facts it touches. */
export interface Change {
  readonly of: 'target' | 'disk' | 'device' | 'servers' | 'canaries' | 'clones' | 'production' | 'task' | 'sent'
  readonly name: string
  make(farm: Farm): void
}

const plain = healthy()
const own = plain.device.device.id
const PRODUCTION = 'de51ce00-0000-4000-8000-000000000006'
/** The production device of plans that release to one. */
export const PRODUCTION_DEVICE = 'W11-P01'
const REARMED = { answers: false, code: '0xC004D302', message: '' } as const
const cmidOf = (n: number) => `c0000000-0000-4000-8000-00000000000${String(n)}`

/** An Office product that asked the KMS host under this CMID. */
function sentWith(cmid: string): FactsOf<'Get-VdpActivationEvents'> {
  const at = plain.disk.at
  const fields = ['0x00000000', '0x00000000', 'kms1.hq:1688', cmid, at, '1', '2', '41760', cmidOf(9), '5']
  return { at, events: [{ id: 12288, at, record: 1, fields, text: '' }] }
}

/** The image is open and the prep device runs from it; two canaries run, each with a CMID of its own. */
export function openFarm(): Farm {
  const farm = healthy()
  const clone = (n: number, { name, mac }: Farm['device']['device']) => ({
    ...structuredClone(farm.target),
    identity: { ...farm.target.identity, computerName: name, macs: [mac], personalityDevice: name },
    windowsLicense: { ...farm.target.windowsLicense, cmid: cmidOf(n) },
  })
  const [first, second] = [farm.canaryDevices['W11-T01'].device, farm.canaryDevices['W11-T02'].device]
  const found = structuredClone(farm.canaryDevices['W11-T01'])
  return {
    ...farm,
    clones: { 'W11-T01': clone(1, first), 'W11-T02': clone(2, second) },
    production: { ...found, device: { ...found.device, id: PRODUCTION, name: PRODUCTION_DEVICE } },
    task: { at: farm.disk.at, act: farm.disk.act, found: true, state: 0, percent: 50, error: null },
    sent: { 'W11-T01': sentWith(cmidOf(4)), 'W11-T02': sentWith(cmidOf(5)) },
  }
}

/** The disk is Standard as before a run or after its seal, and nothing streams it. */
export function closedFarm(): Farm {
  const farm = openFarm()
  Object.assign(farm.disk.disk, { writeCacheType: 9, licenseMode: 2, active: false, deviceCount: 0 })
  farm.disk.locks = []
  for (const one of farm.disk.assignments) one.active = false
  Object.assign(farm.device.device, { active: false, ip: null, disk: null, server: null })
  return farm
}

/** The disk is open and the target was shut down and kept off. */
export function offFarm(): Farm {
  const farm = closedFarm()
  Object.assign(farm.disk.disk, { writeCacheType: 0, licenseMode: 0 })
  Object.assign(farm.device.device, { enabled: false })
  return farm
}

const onTarget = (name: string, make: (target: Farm['target'], farm: Farm) => void): Change => ({
  of: 'target',
  name,
  make: (farm) => {
    make(farm.target, farm)
  },
})
const onDisk = (name: string, make: (disk: Farm['disk']) => void): Change => ({
  of: 'disk',
  name,
  make: ({ disk }) => {
    make(disk)
  },
})
const onDevice = (name: string, change: Partial<Farm['device']['device']>): Change => ({
  of: 'device',
  name,
  make: ({ device }) => void Object.assign(device.device, change),
})
const onServer = (name: string, make: (server: Draft['servers']['PVS01']) => void): Change => ({
  of: 'servers',
  name,
  make: ({ servers }) => {
    make(servers.PVS01)
  },
})
const onClones = (name: string, change: (licence: TargetState['windowsLicense'] & object, n: number) => void): Change => ({
  of: 'clones',
  name,
  make: ({ clones }) => {
    for (const [index, clone] of Object.values(clones).entries())
      if (clone.windowsLicense !== undefined) change(clone.windowsLicense, index)
  },
})

const licence = (name: string, change: Partial<Farm['target']['windowsLicense']>) =>
  onTarget(name, (target) => void Object.assign(target.windowsLicense, change))
const office = (name: string, change: Partial<Farm['target']['office']>) =>
  onTarget(name, (target) => void Object.assign(target.office, change))

function officeProduct(id: string) {
  const key = publicOfficeKeyFor(id, '2021')?.key ?? ''
  return windowsProduct({ name: id, description: 'Office, VOLUME_KMSCLIENT channel', partialKey: lastFive(key), isAddon: false })
}

const backup = (sha256: string) => ({ path: 'C:\\tokens.dat.bak', bytes: 5, sha256, modified: plain.disk.at })
const other = { readOnly: false, ownerKind: 'device' as const, ownerId: PRODUCTION, ownerName: PRODUCTION_DEVICE }
const version = (access: DiskState['versions'][number]['access'], isPending = false): DiskState['versions'][number] => ({
  version: 1,
  access,
  type: 0,
  isPending,
  deviceCount: 0,
  goodInventory: true,
  description: '',
  createdAt: plain.disk.at,
})
const later = (seconds: number) => new Date(Date.parse(plain.disk.at) + seconds * 1000).toISOString().replace('.000', '')

const TARGET: readonly Change[] = [
  licence('rearmed until the next boot', { query: REARMED, cmid: { unknown: 'x' }, rearmsLeft: { unknown: 'x' } }),
  licence('licence query broken', { query: { answers: false, code: '0xC004E015', message: '' } }),
  licence('SkipRearm set', { skipRearm: 1 }),
  licence('no rearm left', { rearmsLeft: 0 }),
  licence('rearm counter fell', { rearmsLeft: 999 }),
  licence('rearm counter unknown', { rearmsLeft: { unknown: 'x' } }),
  licence('not licensed', { products: [windowsProduct({ status: 0 })] }),
  licence('another key', { products: [windowsProduct({ partialKey: 'AAAAA' })] }),
  licence('MAK', { products: [windowsProduct({ partialKey: 'AAAAA', description: 'Windows, VOLUME_MAK channel' })] }),
  licence('products lost', { products: [] }),
  licence('products unknown', { products: { unknown: 'x' } }),
  onTarget('KMS host set', ({ windowsLicense }) => {
    windowsLicense.kms = { ...(windowsLicense.kms as object), machine: 'kms9', port: 1688 } as never
  }),
  office('all Office keys in', { products: ['ProPlus2021Volume', 'VisioPro2021Volume'].map(officeProduct) }),
  office('one Office key in', { products: [officeProduct('ProPlus2021Volume')] }),
  office('Office query broken', { query: { answers: false, code: '0xC004E015', message: '' } }),
  office('Office runs', { running: ['WINWORD'] }),
  office('no Office rearm left', { rearmsLeft: 0 }),
  onTarget('no OSPPREARM', (target) => {
    for (const one of target.office.installs) one.rearmTool = null
  }),
  onTarget('Office rearm marker', (target) => void (target.officeRearmed = true)),
  onTarget(
    'update services run',
    ({ updates }) => void (updates.services = [{ name: 'wuauserv', state: 'running', startMode: 'manual' }]),
  ),
  onTarget(
    'update services stopped',
    ({ updates }) => void (updates.services = [{ name: 'wuauserv', state: 'stopped', startMode: 'manual' }]),
  ),
  onTarget('reboot pending', ({ updates }) => void (updates.pendingReboot = ['CBS'])),
  onTarget('renamed store there', ({ tokens }) => void tokens.stores[0]?.backups.push(backup('b'))),
  onTarget('another file at the renamed store', ({ tokens }) => void tokens.stores[0]?.backups.push(backup('c'))),
  onTarget('service starting', ({ service }) => void (service.state = 'starting')),
  onTarget('rebooted', ({ boot }) => void Object.assign(boot, { guid: cmidOf(7), lastBootUpTime: '2026-11-02T11:00:00Z' })),
  onTarget('boot unclear', ({ boot }) => void (boot.guid = cmidOf(7))),
  onTarget('Windows runs from the hard disk', ({ pvs }) => void (pvs.systemVolumeOnVdisk = false)),
  onTarget('no vDisk attached', ({ pvs }) => void (pvs.attached = false)),
]

const DISK: readonly Change[] = [
  onDisk('Standard', ({ disk }) => void (disk.writeCacheType = 9)),
  onDisk('Private', ({ disk }) => void (disk.writeCacheType = 0)),
  onDisk('LicenseMode 2', ({ disk }) => void (disk.licenseMode = 2)),
  onDisk('LicenseMode 1', ({ disk }) => void (disk.licenseMode = 1)),
  onDisk('LicenseMode 0', ({ disk }) => void (disk.licenseMode = 0)),
  onDisk('no lock', (disk) => void (disk.locks = [])),
  onDisk('own lock', (disk) => void (disk.locks = [...plain.disk.locks])),
  onDisk('lock of another', (disk) => void (disk.locks = [{ ...other, exclusive: true }])),
  onDisk('streamed', ({ disk }) => void Object.assign(disk, { active: true, deviceCount: 2 })),
  onDisk('not streamed', ({ disk }) => void Object.assign(disk, { active: false, deviceCount: 0 })),
  onDisk('others assigned', (disk) => {
    disk.assignments.push({ deviceId: PRODUCTION, device: PRODUCTION_DEVICE, enabled: true, active: false, type: 0 })
  }),
  onDisk('others disabled', (disk) => {
    disk.assignments.push({ deviceId: PRODUCTION, device: PRODUCTION_DEVICE, enabled: false, active: false, type: 0 })
  }),
  onDisk('mapped', ({ disk }) => void (disk.mapped = true)),
  onDisk('sealed before', ({ disk }) => void (disk.longDescription = SEAL_TEXT)),
  onDisk('copies differ', ({ inventory }) => void (inventory[1] = { ...plain.disk.inventory[1], state: 2 } as never)),
  onDisk('shared store', (disk) => void (disk.store = { ...(disk.store as object), pathKind: 'share' } as never)),
  onDisk('pinned', ({ disk }) => void (disk.serverName = 'PVS01')),
  onDisk('version in maintenance', ({ versions }) => void versions.push(version(2))),
  onDisk('version in test', ({ versions }) => void versions.push(version(7))),
  onDisk('version in test and used', ({ versions }) => void versions.push({ ...version(7), deviceCount: 1 })),
  onDisk('version in production', ({ versions }) => void versions.push(version(0))),
  onDisk('not found', (disk) => void Object.assign(disk, { found: 0, disk: undefined })),
]

const SEAL_TEXT = 'vdiskprep seal; something'

const DEVICE: readonly Change[] = [
  onDevice('active', { active: true }),
  onDevice('off', { active: false, ip: null, disk: null, server: null }),
  onDevice('enabled', { enabled: true }),
  onDevice('disabled', { enabled: false }),
  onDevice('not assigned', { disks: [] }),
  onDevice('boots from hard disk', { bootFrom: 2 }),
  onDevice('maintenance type', { type: 2 }),
  { of: 'device', name: 'read 100 s later', make: ({ device }) => void (device.at = later(100)) },
  { of: 'device', name: 'gone', make: ({ device }) => void Object.assign(device, { found: 0, device: undefined }) },
]

const everyCanary = (name: string, change: Partial<Farm['device']['device']>, only?: 'W11-T01'): Change => ({
  of: 'canaries',
  name,
  make: ({ canaryDevices, clones }) => {
    for (const [host, seen] of Object.entries(canaryDevices))
      if (only === undefined || only === host) Object.assign(seen.device, change)
    if (change.diskVersion === 1)
      for (const { pvs } of Object.values(clones)) Object.assign(pvs ?? {}, { diskName: 'W11-Office.1.avhdx' })
  },
})
const assigned = { disks: [{ guid: plain.disk.disk.guid, name: 'W11-Office', enabled: true }] }

const CANARIES: readonly Change[] = [
  everyCanary('canaries assigned', assigned),
  everyCanary('first canary assigned', assigned, 'W11-T01'),
  everyCanary('canaries of type test', { ...assigned, type: 1 }),
  everyCanary('canaries up', { ...assigned, active: true, disk: 'W11-Office', diskVersion: 0 }),
  everyCanary('canaries up on version 1', { ...assigned, active: true, disk: 'W11-Office', diskVersion: 1 }),
  everyCanary('first canary up', { ...assigned, active: true, disk: 'W11-Office' }, 'W11-T01'),
  everyCanary('canaries on another disk', { ...assigned, active: true, disk: 'Other' }),
]

const CLONES: readonly Change[] = [
  onClones('clones share a CMID', (clone) => void (clone.cmid = cmidOf(3))),
  onClones(
    'a clone has the CMID of the image',
    (clone, n) => void (clone.cmid = n === 0 ? plain.target.windowsLicense.cmid : cmidOf(2)),
  ),
  onClones(
    'clones with a MAK',
    (clone) => void (clone.products = [windowsProduct({ description: 'Windows, VOLUME_MAK channel' })]),
  ),
  onClones('clones not licensed', (clone) => void (clone.products = [windowsProduct({ status: 5 })])),
  {
    of: 'clones',
    name: 'a clone runs from its hard disk',
    make: ({ clones }) => void Object.assign(clones['W11-T02']?.pvs ?? {}, { systemVolumeOnVdisk: false }),
  },
  onClones('clones without CMID', (clone) => void (clone.cmid = null)),
  onClones('clones rearmed until the next boot', (clone) => void (clone.query = REARMED)),
]

const SERVERS: readonly Change[] = [
  onServer('soapserver ended by itself', ({ services }) => {
    for (const one of services) if (one.name === 'soapserver') Object.assign(one, { state: 'stopped', exitCode: 1067 })
  }),
  onServer('privilege missing', (server) => {
    Object.assign(serviceOf(server, 'StreamService'), { tokenHolds: false, policyGrants: { granted: false, via: null } })
  }),
  onServer('privilege unknown', (server) => void (serviceOf(server, 'StreamService').tokenHolds = { unknown: 'x' })),
  onServer('privilege needs a restart', (server) => void (serviceOf(server, 'StreamService').tokenHolds = false)),
  onServer('no driver', (server) => void (server.drivers = [])),
  onServer('our disk mounted', (server) => void (server.mounted = { guid: plain.disk.disk.guid, name: 'W11-Office' })),
  onServer('another disk mounted', (server) => void (server.mounted = { guid: cmidOf(8), name: 'Other' })),
  onServer('mounts unknown', (server) => void (server.mounted = { unknown: 'x' })),
]

const REST: readonly Change[] = [
  {
    of: 'production',
    name: 'production device assigned',
    make: ({ production }) => void Object.assign(production.device, assigned),
  },
  {
    of: 'sent',
    name: 'canaries share an Office CMID',
    make: ({ sent }) => void Object.assign(sent, { 'W11-T02': sent['W11-T01'] }),
  },
  { of: 'sent', name: 'a canary sent nothing', make: ({ sent }) => void Object.assign(sent['W11-T01'] ?? {}, { events: [] }) },
  { of: 'task', name: 'task complete', make: ({ task }) => void (task.state = 2) },
  { of: 'task', name: 'task cancelled', make: ({ task }) => void (task.state = 1) },
  { of: 'task', name: 'task failed', make: ({ task }) => void (task.error = { returnCode: 84, message: 'x', details: '' }) },
]

/** Every change that the walk tries, alone and in pairs. */
export const CHANGES: readonly Change[] = [...TARGET, ...DISK, ...DEVICE, ...CANARIES, ...CLONES, ...SERVERS, ...REST]

/** The vDisk of every walk. */
export const THIS_DISK = plain.disk.disk.guid
/** The prep device by id. */
export const PREP_DEVICE = own
/** The canaries by id. */
export const CANARY_DEVICES: readonly string[] = Object.values(plain.canaryDevices).map(({ device }) => device.id)
