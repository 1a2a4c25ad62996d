import { isPrivate } from '../../farm/image-mode.ts'
import type { ArgsOf, OperationName } from '../../wire/operations/catalogue.ts'
import type { Device, DeviceState, Disk, DiskState } from '../../wire/operations/farm-state.ts'
import type { Ask } from '../asking.ts'

type Of<O extends OperationName> = ArgsOf<O>

/** PvsDevice.Type 2. Source: pvs.md 4.3. */
const MAINTENANCE_DEVICE = 2

/** What the farm would say of a disk after an act, where the act decides it; else as it is. `device` names devices by id. */
export function diskAfter(state: DiskState, act: Ask, device: (id: string) => Device | undefined): DiskState {
  switch (act.op) {
    case 'Set-VdpDiskMode': {
      const { guid, writeCacheType, writeCacheSizeMiB } = act.args as Of<'Set-VdpDiskMode'>
      return withDisk(state, guid, { writeCacheType, writeCacheSizeMiB })
    }
    case 'Set-VdpLicenseMode': {
      const { guid, licenseMode } = act.args as Of<'Set-VdpLicenseMode'>
      return withDisk(state, guid, { licenseMode })
    }
    case 'Set-VdpDiskServer': {
      const { guid, serverName } = act.args as Of<'Set-VdpDiskServer'>
      return withDisk(state, guid, { serverName })
    }
    case 'Set-VdpSealRecord': {
      const { guid, text } = act.args as Of<'Set-VdpSealRecord'>
      return withDisk(state, guid, { longDescription: text })
    }
    case 'New-VdpDisk':
      return state.found > 0 ? state : { ...state, found: 1, disk: newDisk(act.args as Of<'New-VdpDisk'>) }
    case 'New-VdpMaintenanceVersion':
    case 'Publish-VdpVersion':
    case 'Undo-VdpVersion':
      return withVersions(state, act)
    case 'Set-VdpDeviceDisk': {
      const { deviceId, enabled } = act.args as Of<'Set-VdpDeviceDisk'>
      return { ...state, assignments: state.assignments.map((one) => (one.deviceId === deviceId ? { ...one, enabled } : one)) }
    }
    case 'Start-VdpDevice': {
      const { deviceId } = act.args as Of<'Start-VdpDevice'>
      const who = device(deviceId)
      return who === undefined || state.disk === undefined || !bootsFrom(who, state.disk) ? state : held(state, state.disk, who)
    }
    case 'Stop-VdpDevice': {
      const { deviceId } = act.args as Of<'Stop-VdpDevice'>
      return {
        ...state,
        ...(state.disk === undefined || !isHeldBy(state, deviceId) ? {} : { disk: streamed(state.disk, -1) }),
        locks: state.locks.filter((lock) => lock.ownerId !== deviceId),
        assignments: state.assignments.map((one) => (one.deviceId === deviceId ? { ...one, active: false } : one)),
      }
    }
    default:
      return state
  }
}

/** What the farm would say of a device after an act. */
export function deviceAfter(state: DeviceState, act: Ask, disk: (guid: string) => Disk | undefined): DeviceState {
  const { device } = state
  if (device === undefined || (act.args as { deviceId?: string }).deviceId !== device.id) return state
  const changed = (change: Partial<Device>): DeviceState => ({ ...state, device: { ...device, ...change } })
  switch (act.op) {
    case 'Connect-VdpDevice': {
      const { assign, unassign, bootFrom, type, enabled } = act.args as Of<'Connect-VdpDevice'>
      const kept = device.disks.filter((one) => one.guid !== unassign && one.guid !== assign)
      const more = assign === null ? [] : [{ guid: assign, name: disk(assign)?.name ?? assign, enabled: true }]
      return changed({
        disks: assign === null && unassign === null ? device.disks : [...kept, ...more],
        bootFrom: bootFrom ?? device.bootFrom,
        type: type ?? device.type,
        enabled: enabled ?? device.enabled,
      })
    }
    case 'Set-VdpDeviceDisk': {
      const { guid, enabled } = act.args as Of<'Set-VdpDeviceDisk'>
      return changed({ disks: device.disks.map((one) => (one.guid === guid ? { ...one, enabled } : one)) })
    }
    case 'Start-VdpDevice':
      return changed({ active: true, disk: device.disks.find((one) => one.enabled)?.name ?? null })
    case 'Stop-VdpDevice':
      return changed({ active: false, disk: null })
    default:
      return state
  }
}

function withDisk(state: DiskState, guid: string, change: Partial<Disk>): DiskState {
  return state.disk?.guid === guid ? { ...state, disk: { ...state.disk, ...change } } : state
}

function bootsFrom(device: Device, disk: Disk): boolean {
  return device.disks.some((one) => one.guid === disk.guid && one.enabled)
}

/** The disk of a foreseen act that makes one: nothing knows its real Guid yet. */
export const FORESEEN_DISK = '00000000-0000-4000-8000-000000000000'

/** As PVS makes a disk: Private, no licence mode. Source: pvs.md 4.1. */
function newDisk({ name, sizeMiB, vhdx, serverName }: Of<'New-VdpDisk'>): Disk {
  return {
    ...{ guid: FORESEEN_DISK, name, sizeMiB, vhdx, serverName, longDescription: '', enabled: true },
    ...{ writeCacheType: 0, writeCacheSizeMiB: 0, licenseMode: 0 },
    ...{ active: false, mapped: false, deviceCount: 0, temporaryVersionSet: false, autoUpdate: false },
  }
}

/** PvsDiskVersion.Access: 0 production, 1 maintenance, 7 test. Source: pvs.md 4.4. */
const ACCESS = { production: 0, maintenance: 1, test: 7 }

function withVersions(state: DiskState, act: Ask): DiskState {
  const { versions, disk } = state
  const { guid, version, to } = act.args as Partial<Of<'Publish-VdpVersion'>>
  if (disk === undefined || disk.guid !== guid) return state
  if (act.op === 'Undo-VdpVersion') return { ...state, versions: versions.filter((one) => one.version !== version) }
  if (act.op === 'Publish-VdpVersion') {
    const access = ACCESS[to ?? 'test']
    return { ...state, versions: versions.map((one) => (one.version === version ? { ...one, access } : one)) }
  }
  const next = Math.max(0, ...versions.map((one) => one.version)) + 1
  const fresh = { isPending: false, deviceCount: 0, goodInventory: true, description: '', createdAt: state.at }
  return { ...state, versions: [...versions, { version: next, access: ACCESS.maintenance, type: 1, ...fresh }] }
}

/** Opened Private, the first device that boots it takes the exclusive lock; of a maintenance version the maintenance device.
 *  Source: pvs.md 4.2, 2.2. */
function held(state: DiskState, disk: Disk, owner: Device): DiskState {
  const inWork = state.versions.some(({ access }) => access === ACCESS.maintenance)
  const exclusive = isPrivate(disk.writeCacheType) || (owner.type === MAINTENANCE_DEVICE && inWork)
  const lock = { exclusive, readOnly: !exclusive, ownerKind: 'device' as const, ownerId: owner.id, ownerName: owner.name }
  return { ...state, disk: streamed(disk, 1), locks: [...state.locks, lock] }
}

function isHeldBy(state: DiskState, deviceId: string): boolean {
  return state.locks.some((lock) => lock.ownerId === deviceId)
}

function streamed(disk: Disk, by: 1 | -1): Disk {
  const deviceCount = Math.max(0, disk.deviceCount + by)
  return { ...disk, deviceCount, active: deviceCount > 0 }
}
