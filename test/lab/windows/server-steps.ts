import type { ArgsOf } from '../../../src/wire/operations/catalogue.ts'
import type { Side } from './two-fronts.ts'

/** What is done on both fronts, in this order, and by which name. */
export type Step = readonly [name: string, step: (side: Side) => Promise<unknown>]

export const SERVER = 'PVS01'
const NOBODY = '99999999-0000-4000-8000-000000000001'

const guid = (side: Side) => side.farm.disk.guid
const address = (side: Side) => ({ site: 'Main', store: 'Store1', name: side.farm.disk.name })
const canary = (side: Side) => side.farm.cast.canaries[0]?.id ?? ''
const mode = (side: Side, from: number, to: number, sizeMiB = 4096) =>
  side.ask(SERVER, 'Set-VdpDiskMode', { guid: guid(side), expectedType: from, writeCacheType: to, writeCacheSizeMiB: sizeMiB })
const connect = (side: Side, change: Partial<ArgsOf<'Connect-VdpDevice'>>) =>
  side.ask(SERVER, 'Connect-VdpDevice', {
    ...{ deviceId: canary(side), assign: null, unassign: null, bootFrom: null, type: null, enabled: null },
    ...change,
  })
const disk = (side: Side) => side.ask(SERVER, 'Get-VdpDiskState', { guid: guid(side) })
const hook = (side: Side, script: string, timeoutSeconds = 60) =>
  side.ask(SERVER, 'Invoke-VdpHook', { script, parameters: { Disk: 'x' }, timeoutSeconds, beside: '' })
const version = (side: Side, op: 'Publish-VdpVersion' | 'Undo-VdpVersion', number: number, to: 'test' | 'production' = 'test') =>
  op === 'Undo-VdpVersion'
    ? side.ask(SERVER, op, { guid: guid(side), version: number })
    : side.ask(SERVER, op, { guid: guid(side), version: number, to })
const filesOf = async (side: Side, kind: 'share' | 'local') => {
  const { store: name, name: disk } = side.farm.disk
  const store = side.farm.model.stores.find((one) => one.name === name)
  const was = store?.kind
  Object.assign(store ?? {}, { kind })
  const found = await side.ask(SERVER, 'Get-VdpDiskFiles', { store: name, name: disk })
  Object.assign(store ?? {}, { kind: was })
  return found
}
const sliceOf = async (side: Side, file: string, offset = 0) => {
  const { store: name, name: disk } = side.farm.disk
  const store = side.farm.model.stores.find((one) => one.name === name)
  const was = store?.kind
  Object.assign(store ?? {}, { kind: 'local' })
  const found = await side.ask(SERVER, 'Get-VdpDiskSlice', { store: name, name: disk, file, offset, bytes: 2 ** 31 })
  Object.assign(store ?? {}, { kind: was })
  return found
}
const startSoap = (side: Side, stands: object) => {
  Object.assign(side.farm.cast.server.services[1] ?? {}, stands)
  return side.ask(SERVER, 'Start-VdpService', { name: 'soapserver' })
}
const newDisk = (side: Side, change: Partial<ArgsOf<'New-VdpDisk'>>) =>
  side.ask(SERVER, 'New-VdpDisk', {
    ...{ site: 'Main', store: 'Store1', name: 'New-Image', sizeMiB: 40_960, vhdx: true, dynamic: true, serverName: null },
    ...change,
  })

/** Sessions that open in their own ways, and one with another server. */
export const openings: readonly Step[] = [
  ['a session that only looks', (side) => side.welcome('PVS02', 0)],
  ['what it sees', (side) => side.askUnder(0, 'PVS02', 'Get-VdpServerState', {})],
  ['the welcome of a PVS server', (side) => side.welcome(SERVER)],
  ['the welcome of a KMS host', (side) => side.welcome('KMS1')],
  ['the other server', (side) => side.ask('PVS02', 'Get-VdpServerState', {})],
]

export const reads: readonly Step[] = [
  ['the server', (side) => side.ask(SERVER, 'Get-VdpServerState', {})],
  ['a disk by its guid', disk],
  ['a disk by its name', (side) => side.ask(SERVER, 'Get-VdpDiskState', address(side))],
  [
    'a disk by its name in capitals',
    (side) => side.ask(SERVER, 'Get-VdpDiskState', { site: 'MAIN', store: 'STORE1', name: side.farm.disk.name.toUpperCase() }),
  ],
  ['a disk that is not there', (side) => side.ask(SERVER, 'Get-VdpDiskState', { guid: NOBODY })],
  ['a name that no disk has', (side) => side.ask(SERVER, 'Get-VdpDiskState', { ...address(side), name: 'None' })],
  ['a store that is not there', (side) => side.ask(SERVER, 'Get-VdpDiskState', { ...address(side), store: 'None' })],
  ['a site that is not there', (side) => side.ask(SERVER, 'Get-VdpDiskState', { ...address(side), site: 'None' })],
  ['a device by its id', (side) => side.ask(SERVER, 'Get-VdpDeviceState', { deviceId: side.farm.master.id })],
  [
    'a device by its name in small letters',
    (side) => side.ask(SERVER, 'Get-VdpDeviceState', { name: side.farm.master.name.toLowerCase() }),
  ],
  ['a device that is not there', (side) => side.ask(SERVER, 'Get-VdpDeviceState', { deviceId: NOBODY })],
  ['a name that no device has', (side) => side.ask(SERVER, 'Get-VdpDeviceState', { name: 'NONE' })],
  ['the files of a disk on a share', (side) => filesOf(side, 'share')],
  ['the files of a disk in local folders', (side) => filesOf(side, 'local')],
  ['the files of a disk in no store', (side) => side.ask(SERVER, 'Get-VdpDiskFiles', { store: 'None', name: 'x' })],
  ['a piece of a disk in local folders', (side) => sliceOf(side, `${side.farm.disk.name}.vhdx`, 2 ** 31)],
  ['a piece of a file that is not there', (side) => sliceOf(side, `${side.farm.disk.name}.9.avhdx`)],
  ['a piece of a file of another disk', (side) => sliceOf(side, '..\\Other.vhdx')],
  ['a task that is not there', (side) => side.ask(SERVER, 'Get-VdpTask', { taskId: '4711' })],
]

export const acts: readonly Step[] = [
  ['the seal record', (side) => side.ask(SERVER, 'Set-VdpSealRecord', { guid: guid(side), text: 'sealed "x" \u00e4 \u2013 y' })],
  [
    'a seal record of 399 characters',
    (side) => side.ask(SERVER, 'Set-VdpSealRecord', { guid: guid(side), text: 'x'.repeat(399) }),
  ],
  ['the licence mode', (side) => side.ask(SERVER, 'Set-VdpLicenseMode', { guid: guid(side), licenseMode: 2 })],
  [
    'the licence mode that it has already',
    (side) => side.ask(SERVER, 'Set-VdpLicenseMode', { guid: guid(side), licenseMode: 2 }),
  ],
  ['the licence mode of no disk', (side) => side.ask(SERVER, 'Set-VdpLicenseMode', { guid: NOBODY, licenseMode: 2 })],
  ['a mode that is not as expected', (side) => mode(side, 0, 9)],
  ['a mode that there is not', (side) => mode(side, 9, 13)],
  ['a mode that PVS does not have', (side) => mode(side, 9, 2)],
  ['RAM cache without a size', (side) => mode(side, 9, 3, 0)],
  ['the mode it has already', (side) => mode(side, 9, 9)],
  ['one server for the disk', (side) => side.ask(SERVER, 'Set-VdpDiskServer', { guid: guid(side), serverName: 'PVS02' })],
  ['a server that is not there', (side) => side.ask(SERVER, 'Set-VdpDiskServer', { guid: guid(side), serverName: 'PVS99' })],
  ['every server for the disk', (side) => side.ask(SERVER, 'Set-VdpDiskServer', { guid: guid(side), serverName: null })],
  ['assigning, and what the device boots', (side) => connect(side, { assign: guid(side), bootFrom: 2, type: 1, enabled: false })],
  ['the same again', (side) => connect(side, { assign: guid(side), bootFrom: 2, type: 1, enabled: false })],
  ['assigning what is no disk', (side) => connect(side, { assign: NOBODY })],
  ['unassigning what is not assigned', (side) => connect(side, { unassign: NOBODY })],
  ['a device type that there is not', (side) => connect(side, { type: 3 })],
  ['a device that is not there', (side) => connect(side, { deviceId: NOBODY })],
  [
    'a disk not enabled for a device',
    (side) => side.ask(SERVER, 'Set-VdpDeviceDisk', { deviceId: canary(side), guid: guid(side), enabled: false }),
  ],
  [
    'a disk enabled for a device',
    (side) => side.ask(SERVER, 'Set-VdpDeviceDisk', { deviceId: canary(side), guid: guid(side), enabled: true }),
  ],
  [
    'enabling what is not assigned',
    (side) => side.ask(SERVER, 'Set-VdpDeviceDisk', { deviceId: canary(side), guid: NOBODY, enabled: true }),
  ],
  ['unassigning', (side) => connect(side, { unassign: guid(side), bootFrom: 1, type: 0, enabled: true })],
  ['a version in maintenance', (side) => side.ask(SERVER, 'New-VdpMaintenanceVersion', { guid: guid(side) })],
  ['a second one', (side) => side.ask(SERVER, 'New-VdpMaintenanceVersion', { guid: guid(side) })],
  [
    'a version taken away in the name of a run that did not make it',
    (side) => side.ask(SERVER, 'Undo-VdpVersion', { guid: guid(side), version: 1, madeBy: 'another' }),
  ],
  ['a version taken away again', (side) => version(side, 'Undo-VdpVersion', 1)],
  ['a version that is not there', (side) => version(side, 'Publish-VdpVersion', 7)],
  ['taking away a version that is not there', (side) => version(side, 'Undo-VdpVersion', 7)],
  ['taking away the base', (side) => version(side, 'Undo-VdpVersion', 0)],
  ['a version once more', (side) => side.ask(SERVER, 'New-VdpMaintenanceVersion', { guid: guid(side) })],
  ['a version to test', (side) => version(side, 'Publish-VdpVersion', 1)],
  ['a test version to test', (side) => version(side, 'Publish-VdpVersion', 1)],
  ['a test version to production', (side) => version(side, 'Publish-VdpVersion', 1, 'production')],
  ['a production version to production', (side) => version(side, 'Publish-VdpVersion', 1, 'production')],
  ['a version that was promoted, taken away', (side) => version(side, 'Undo-VdpVersion', 1)],
  ['a trial mount', (side) => side.ask(SERVER, 'Test-VdpMount', { guid: guid(side) })],
  ['a trial mount of no disk', (side) => side.ask(SERVER, 'Test-VdpMount', { guid: NOBODY })],
  ['dismounting where nothing is mounted', (side) => side.ask(SERVER, 'Dismount-VdpDisk', { guid: guid(side) })],
  ['starting a service that runs', (side) => startSoap(side, {})],
  ['starting a service that ended as asked', (side) => startSoap(side, { state: 'stopped', exitCode: 0 })],
  ['starting a service that is disabled', (side) => startSoap(side, { exitCode: 1067, startMode: 'disabled' })],
  ['starting a service that ended by itself', (side) => startSoap(side, { state: 'stopped', exitCode: 1067, startMode: 'auto' })],
  ['unlocking for nobody', (side) => side.ask(SERVER, 'Unlock-VdpDisk', { guid: guid(side), ownerId: NOBODY })],
  ['a new disk', (side) => newDisk(side, {})],
  ['a new disk of one server', (side) => newDisk(side, { name: 'Other', serverName: 'PVS02', dynamic: false, vhdx: false })],
  ['a name that is taken', (side) => newDisk(side, {})],
  ['a new disk in no store', (side) => newDisk(side, { name: 'X', store: 'None' })],
  ['a new disk in no site', (side) => newDisk(side, { name: 'X', site: 'None' })],
  ['a new disk without room', (side) => newDisk(side, { name: 'X', dynamic: false, sizeMiB: 60_000_000 })],
  ['a hook', (side) => hook(side, "Write-Output 'done'; exit 3")],
  ['a hook that takes too long', (side) => hook(side, 'Start-Sleep -Seconds 90', 5)],
  ['a hook that copies', (side) => hook(side, 'robocopy a b')],
]

export const life: readonly Step[] = [
  ['opening', (side) => mode(side, 9, 0)],
  ['power on', (side) => side.ask(SERVER, 'Start-VdpDevice', { deviceId: side.farm.master.id })],
  ['power on of no device', (side) => side.ask(SERVER, 'Start-VdpDevice', { deviceId: NOBODY })],
  ['its task at once', (side) => side.ask(SERVER, 'Get-VdpTask', { taskId: side.farm.model.tasks.at(-1)?.id ?? '' })],
  [
    'the running machine',
    async (side) => {
      await side.pass(5)
      return side.ask(SERVER, 'Get-VdpDeviceState', { deviceId: side.farm.master.id })
    },
  ],
  ['its task at last', (side) => side.ask(SERVER, 'Get-VdpTask', { taskId: side.farm.model.tasks.at(-1)?.id ?? '' })],
  ['the disk it writes to', disk],
  ['closing under its feet', (side) => mode(side, 0, 9)],
  ['a trial mount under its feet', (side) => side.ask(SERVER, 'Test-VdpMount', { guid: guid(side) })],
  ['a version of an open disk', (side) => side.ask(SERVER, 'New-VdpMaintenanceVersion', { guid: guid(side) })],
  [
    'what the KMS host counts',
    async (side) => {
      await side.pass(180)
      return side.ask('KMS1', 'Get-VdpKmsHostState', {})
    },
  ],
  ['who asked the KMS host', (side) => side.ask('KMS1', 'Get-VdpKmsRequests', { since: '2026-01-01T00:00:00.000Z' })],
  [
    'who asked the KMS host lately',
    (side) => side.ask('KMS1', 'Get-VdpKmsRequests', { since: new Date(side.farm.clock.now()).toISOString() }),
  ],
  [
    'a KMS host that is not reached',
    (side) => {
      Object.assign(side.farm.model.kms, { reachable: false, port: 1689, servesOffice: false, publishesSrv: false })
      return side.ask('KMS1', 'Get-VdpKmsHostState', {})
    },
  ],
  ['power off', (side) => side.ask(SERVER, 'Stop-VdpDevice', { deviceId: side.farm.master.id })],
  [
    'the machine that is off',
    async (side) => {
      await side.pass(5)
      return side.ask(SERVER, 'Get-VdpDeviceState', { deviceId: side.farm.master.id })
    },
  ],
  ['closing', (side) => mode(side, 0, 9)],
  [
    'a lock of a device',
    (side) => {
      const locks = side.farm.disk.locks
      locks.push({ exclusive: true, ownerKind: 'device', ownerId: NOBODY, ownerName: 'OLD', version: 0 })
      return side.ask(SERVER, 'Test-VdpMount', { guid: guid(side) })
    },
  ],
  ['unlocking', (side) => side.ask(SERVER, 'Unlock-VdpDisk', { guid: guid(side), ownerId: NOBODY })],
  [
    'a lock of a server',
    (side) => {
      const ownerId = side.farm.cast.server.id
      side.farm.disk.locks.push({ exclusive: false, ownerKind: 'server', ownerId, ownerName: SERVER, version: 0 })
      return side.ask(SERVER, 'Unlock-VdpDisk', { guid: guid(side), ownerId })
    },
  ],
  ['the disk at last', disk],
]

/** What newer connections do to older ones. */
export const fences: readonly Step[] = [
  ['a newer connection', (side) => side.askUnder(2, SERVER, 'Get-VdpTask', { taskId: '1' })],
  ['an act under the old fence', (side) => side.ask(SERVER, 'Set-VdpSealRecord', { guid: guid(side), text: 'late' })],
  ['an act under the new fence', (side) => side.askUnder(2, SERVER, 'Set-VdpSealRecord', { guid: guid(side), text: 'new' })],
  ['a much newer connection to the other server', (side) => side.welcome('PVS02', 3)],
  ['an opening under a fence that is old there', (side) => side.welcome('PVS02', 2)],
]

/** Names of steps that ask for every operation of a PVS server and a KMS host once, and leave the disk as they found it. */
const BRIEF = [
  ...[
    'the server',
    'the files of a disk in local folders',
    'a piece of a disk in local folders',
    'a disk by its guid',
    'a device by its id',
    'a task that is not there',
    'the seal record',
    'the licence mode',
  ],
  ...[
    'one server for the disk',
    'every server for the disk',
    'assigning, and what the device boots',
    'a disk not enabled for a device',
  ],
  ...[
    'a disk enabled for a device',
    'unassigning',
    'a version in maintenance',
    'a version taken away again',
    'a version once more',
  ],
  ...['a version to test', 'a test version to production', 'a trial mount', 'dismounting where nothing is mounted', 'a new disk'],
  'starting a service that ended by itself',
  ...['a hook', 'opening', 'power on', 'the running machine', 'what the KMS host counts', 'who asked the KMS host', 'power off'],
  ...['the machine that is off', 'closing', 'a lock of a device', 'unlocking'],
]

/** Every operation once. */
export const brief: readonly Step[] = [...reads, ...acts, ...life].filter(([name]) => BRIEF.includes(name))
