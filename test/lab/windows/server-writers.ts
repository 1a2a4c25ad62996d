import type { PresetWish } from '../../../src/lab/farm-file/presets.ts'
import { mount } from '../../../src/lab/model/mounting.ts'
import { alreadyOn } from '../../../src/lab/model/power.ts'
import type { ArgsOf, OperationName } from '../../../src/wire/operations/catalogue.ts'
import type { DirectFarm } from './direct.ts'
import type { Writer } from './writers.ts'

const wish: PresetWish = { os: 'windows-11-23h2', office: 'ltsc-2021' }
const NOBODY = '99999999-0000-4000-8000-000000000001'

const guid = ({ disk }: DirectFarm) => ({ guid: disk.guid })
const canary = ({ cast }: DirectFarm) => {
  const [first] = cast.canaries
  if (first === undefined) throw new Error('there is no canary')
  return first
}
const onServer = (op: OperationName) => ({ op, wish, host: 'PVS01' })
const seesDisk: Pick<Writer, 'look'> = { look: (farm, ask) => ask('Get-VdpDiskState', guid(farm)) }
const seesCanary: Pick<Writer, 'look'> = { look: (farm, ask) => ask('Get-VdpDeviceState', { deviceId: canary(farm).id }) }
const seesServer: Pick<Writer, 'look'> = { look: (_, ask) => ask('Get-VdpServerState', {}) }
const seesMaster: Pick<Writer, 'look'> = {
  async look(farm, ask) {
    await farm.clock.advance(10 * 60_000)
    return await ask('Get-VdpDeviceState', { deviceId: farm.master.id })
  },
}

/** The disk as the farm was built with it, but for these fields. */
const set = (change: Partial<DirectFarm['disk']>) => (farm: DirectFarm) => {
  farm.disk.versions.splice(1)
  farm.disk.locks.length = 0
  const usual = { writeCacheType: 9, licenseMode: 0, serverName: null, longDescription: '', mappedOn: null }
  Object.assign(farm.disk, { ...usual, ...structuredClone(change) })
  farm.cast.server.mounted = null
}
const mode = (from: number, to: number) => (farm: DirectFarm) => ({
  ...{ ...guid(farm), expectedType: from, writeCacheType: to, writeCacheSizeMiB: 4096 },
})
const off = (farm: DirectFarm) => {
  set({ writeCacheType: 0 })(farm)
  const { master } = farm
  Object.assign(master, { power: 'off', running: null, active: false, session: null, server: null, epoch: master.epoch + 1 })
}
const created = async (farm: DirectFarm, ask: Parameters<Writer['ready']>[1]) => {
  set({})(farm)
  await ask('New-VdpMaintenanceVersion', guid(farm))
}
const record: ArgsOf<'Connect-VdpDevice'> = { deviceId: '', assign: null, unassign: null, bootFrom: 2, type: 1, enabled: false }

/** Every act on a PVS server. */
export const serverWriters: readonly Writer[] = [
  {
    ...onServer('New-VdpDisk'),
    what: 'a new vDisk',
    ready({ model }) {
      model.disks.splice(1)
      for (const one of model.stores) one.freeMiB = 500_000
    },
    args: () => ({ ...address, sizeMiB: 40_960, vhdx: true, dynamic: true, serverName: null }),
    look: (_, ask) => ask('Get-VdpDiskState', address),
  },
  { ...onServer('Set-VdpDiskMode'), what: 'a disk that is open', ready: set({}), args: mode(9, 0), ...seesDisk },
  {
    ...onServer('Set-VdpDiskMode'),
    what: 'a disk that is sealed',
    ready: set({ writeCacheType: 0, licenseMode: 2 }),
    args: mode(0, 9),
    ...seesDisk,
  },
  {
    ...onServer('Set-VdpLicenseMode'),
    what: 'the licence mode',
    ready: set({}),
    args: (farm) => ({ ...guid(farm), licenseMode: 2 }),
    ...seesDisk,
  },
  {
    ...onServer('Set-VdpDiskServer'),
    what: 'one server for the disk',
    ready: set({}),
    args: (farm) => ({ ...guid(farm), serverName: 'PVS02' }),
    ...seesDisk,
  },
  {
    ...onServer('Test-VdpMount'),
    what: 'a trial mount',
    ready: set({}),
    args: guid,
    ...seesServer,
    async mend(farm, ask) {
      if (farm.cast.server.mounted === farm.disk.guid) await ask('Dismount-VdpDisk', guid(farm))
    },
  },
  {
    ...onServer('Dismount-VdpDisk'),
    what: 'an empty slot',
    ready(farm) {
      set({})(farm)
      mount(farm.model, farm.cast.server, farm.disk)
    },
    args: guid,
    ...seesServer,
  },
  {
    ...onServer('Start-VdpService'),
    what: 'a service that runs',
    ready: ({ cast }) => Object.assign(cast.server.services[1] ?? {}, { state: 'stopped', exitCode: 1067 }),
    args: () => ({ name: 'soapserver' }),
    ...seesServer,
  },
  {
    ...onServer('Unlock-VdpDisk'),
    what: 'no lock',
    ready: set({ locks: [{ exclusive: true, ownerKind: 'device', ownerId: NOBODY, ownerName: 'OLD', version: 0 }] }),
    args: (farm) => ({ ...guid(farm), ownerId: NOBODY }),
    ...seesDisk,
  },
  {
    ...onServer('Connect-VdpDevice'),
    what: 'a device record',
    ready: (farm) => Object.assign(canary(farm), { disks: [], bootFrom: 1, type: 0, enabled: true }),
    args: (farm) => ({ ...record, deviceId: canary(farm).id, assign: farm.disk.guid }),
    ...seesCanary,
  },
  {
    ...onServer('Set-VdpDeviceDisk'),
    what: 'a disk disabled for a device',
    ready: (farm) => Object.assign(canary(farm), { disks: [{ ...guid(farm), enabled: true }] }),
    args: (farm) => ({ ...guid(farm), deviceId: canary(farm).id, enabled: false }),
    ...seesCanary,
  },
  {
    ...onServer('Start-VdpDevice'),
    what: 'a device that is on',
    ready: off,
    args: ({ master }) => ({ deviceId: master.id }),
    ...seesMaster,
  },
  {
    ...onServer('Stop-VdpDevice'),
    what: 'a device that is off',
    ready(farm) {
      off(farm)
      alreadyOn(farm.model, farm.master)
    },
    args: ({ master }) => ({ deviceId: master.id }),
    ...seesMaster,
  },
  { ...onServer('New-VdpMaintenanceVersion'), what: 'a version in maintenance', ready: set({}), args: guid, ...seesDisk },
  {
    ...onServer('Publish-VdpVersion'),
    what: 'a version in production',
    ready: created,
    args: (farm) => ({ ...guid(farm), version: 1, to: 'production' }),
    ...seesDisk,
  },
  {
    ...onServer('Undo-VdpVersion'),
    what: 'a version taken away',
    ready: created,
    args: (farm) => ({ ...guid(farm), version: 1 }),
    ...seesDisk,
  },
  {
    ...onServer('Set-VdpSealRecord'),
    what: 'the seal record',
    ready: set({}),
    args: (farm) => ({ ...guid(farm), text: 'sealed' }),
    ...seesDisk,
  },
  {
    ...onServer('Invoke-VdpHook'),
    what: 'a hook',
    ready: () => undefined,
    args: () => ({ script: "Write-Output 'done'", parameters: {}, timeoutSeconds: 60, beside: '' }),
    ...seesServer,
  },
]

const address = { site: 'Main', store: 'Store1', name: 'New-Image' }
