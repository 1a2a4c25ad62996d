import { hasSealNote } from '../../../licensing/rearm.ts'
import type { Device } from '../../../wire/operations/farm-state.ts'
import { ask } from '../../asking.ts'
import { isPrivate } from '../../../farm/image-mode.ts'
import type { Undo } from '../../undo.ts'
import { changed, type Restoring, type Standing } from './look.ts'

type Of<K extends Undo['is']> = Extract<Undo, { readonly is: K }>

const back = (says: string): Standing => ({ is: 'back', says })
const stays = (says: string): Standing => ({ is: 'back', says, stays: true })
const unread = (what: string): Standing => ({ is: 'unread', says: `${what} to be read` })

/** A machine this run started is shut down again: off is inactive *and* without a lock of the disk. A lock outlives `Active` by some polls;
 *  the next run would meet it. Source: pvs.md 4.2. */
export function standingOfPower(undo: Of<'running'>, { now, plan }: Restoring): Standing {
  const device = now.devices[undo.deviceId]?.device
  if (device === undefined) return unread(undo.device)
  if (!device.active)
    return now.disk.locks.some(({ ownerId }) => ownerId === undo.deviceId) ? locked(undo.device) : back(`${undo.device} is off`)
  return changed(undo, `shut ${undo.device} down`, ask(plan.farm.server, 'Stop-VdpDevice', { deviceId: undo.deviceId }))
}

/** Boot source, type and enabled flag of a device. */
export function standingOfDevice(undo: Of<'device'>, { now, plan }: Restoring): Standing {
  const device = now.devices[undo.deviceId]?.device
  if (device === undefined) return unread(undo.device)
  if (sameRecord(device, undo)) return back(`${undo.device} is as it was`)
  const bootFrom = undo.bootFrom === 1 || undo.bootFrom === 2 || undo.bootFrom === 3 ? undo.bootFrom : null
  const request = ask(plan.farm.server, 'Connect-VdpDevice', {
    deviceId: undo.deviceId,
    assign: null,
    unassign: null,
    bootFrom,
    type: undo.type,
    enabled: undo.enabled,
  })
  return changed(undo, `put ${undo.device} back as it was`, request)
}

function locked(device: string): Standing {
  const what = `shut ${device} down`
  const details = { what, why: 'it is inactive, and its lock of the disk stays', how: what }
  return { is: 'unread', says: `the lock of ${device} to go`, overdue: { code: 'RESTORE_FAILED', details } }
}

function sameRecord(device: Device, undo: Of<'device'>): boolean {
  return device.bootFrom === undo.bootFrom && device.type === undo.type && device.enabled === undo.enabled
}

/** A disk this run assigned is taken away again. */
export function standingOfAssignment(undo: Of<'assignment'>, { now, plan }: Restoring): Standing {
  const device = now.devices[undo.deviceId]?.device
  if (device === undefined) return unread(undo.device)
  if (!device.disks.some((one) => one.guid === undo.guid)) return back(`${undo.device} is not assigned`)
  const request = ask(plan.farm.server, 'Connect-VdpDevice', {
    deviceId: undo.deviceId,
    assign: null,
    unassign: undo.guid,
    bootFrom: null,
    type: null,
    enabled: null,
  })
  return changed(undo, `take the vDisk from ${undo.device}`, request)
}

/** A device this run kept off the disk gets it back while the image is untouched; after that only the release gives it back, and an open disk
 *  it would take read/write. Source: procedure 6. */
export function standingOfDeviceDisk(undo: Of<'deviceDisk'>, { now, plan, memory }: Restoring): Standing {
  const disk = now.disk.disk
  if (disk === undefined) return unread('the disk')
  if (isPrivate(disk.writeCacheType)) return stays(`${undo.device} stays disabled for this disk: it is open read/write`)
  if (now.disk.assignments.some((one) => one.deviceId === undo.deviceId && one.enabled))
    return back(`${undo.device} can boot it again`)
  if (memory.touched) {
    const { deviceId, guid } = undo
    const enable = `on ${plan.farm.server}: Enable-PvsDeviceDiskLocator -DeviceId ${deviceId} -DiskLocatorId ${guid}`
    return stays(`${undo.device} stays disabled for this disk, which was not released to it; to give it back, ${enable}`)
  }
  const request = ask(plan.farm.server, 'Set-VdpDeviceDisk', { deviceId: undo.deviceId, guid: undo.guid, enabled: true })
  return changed(undo, `enable the vDisk for ${undo.device}`, request)
}

/** Which servers serve the disk. */
export function standingOfServer(undo: Of<'server'>, { now, plan }: Restoring): Standing {
  const disk = now.disk.disk
  if (disk === undefined) return unread('the disk')
  if (disk.serverName === undo.serverName) return back('served as before')
  return changed(
    undo,
    'let the same servers serve it as before',
    ask(plan.farm.server, 'Set-VdpDiskServer', { guid: undo.guid, serverName: undo.serverName }),
  )
}

/** The mode of a disk that was opened and not touched: LicenseMode is 0 then, so that closing it prepares nothing. A prep device that was
 *  started may still come up late and take the open disk: then it is touched, and stays open. */
export function standingOfMode(undo: Of<'mode'>, { now, plan, memory }: Restoring): Standing {
  const disk = now.disk.disk
  if (disk === undefined) return unread('the disk')
  const own = now.disk.locks.find((lock) => lock.exclusive && lock.ownerId === memory.device?.id)
  if (own !== undefined) {
    const device = { deviceId: own.ownerId, device: own.ownerName }
    const says = `${own.ownerName} has booted it read/write meanwhile: it stays open`
    return { is: 'back', says, stays: true, more: [{ key: `running:${own.ownerId}`, is: 'running', ...device }] }
  }
  if (disk.writeCacheType === undo.writeCacheType) return back('the mode is as it was')
  const { guid, writeCacheType, writeCacheSizeMiB } = undo
  return changed(
    undo,
    'close the untouched disk as it was',
    ask(plan.farm.server, 'Set-VdpDiskMode', { guid, expectedType: disk.writeCacheType, writeCacheType, writeCacheSizeMiB }),
  )
}

/** The licence mode, put back after the disk is closed. */
export function standingOfLicenseMode(undo: Of<'licenseMode'>, { now, plan }: Restoring): Standing {
  const disk = now.disk.disk
  if (disk === undefined) return unread('the disk')
  if (disk.licenseMode === undo.licenseMode) return back('the licence mode is as it was')
  return changed(
    undo,
    'put the licence mode back',
    ask(plan.farm.server, 'Set-VdpLicenseMode', { guid: undo.guid, licenseMode: undo.licenseMode }),
  )
}

/** A version that this run made and did not promote. Only one still in maintenance is deleted, and only one that was seen as its own: somebody
 *  else may have been faster. */
export function standingOfVersion(undo: Of<'version'>, { now, plan, memory }: Restoring): Standing {
  const version = now.disk.versions.find((one) => one.version === undo.version)
  if (version === undefined || version.access === 0 || version.access === 7)
    return back(`no version ${String(undo.version)} is in maintenance`)
  if (memory.version !== undo.version)
    return stays(`version ${String(undo.version)} is in maintenance, and whether this run made it is not known: it stays`)
  const request = ask(plan.farm.server, 'Undo-VdpVersion', { guid: undo.guid, version: undo.version })
  return changed(undo, `delete maintenance version ${String(undo.version)}`, request)
}

/** A seal note on a disk whose clones share one CMID would tell the next run that nothing needs a rearm. */
export function standingOfSealNote(undo: Of<'sealNote'>, { now, plan }: Restoring): Standing {
  const disk = now.disk.disk
  if (disk === undefined) return unread('the disk')
  if (!hasSealNote(disk.longDescription)) return back('the disk carries no seal note')
  if (disk.active) return { is: 'unread', says: 'the canaries to let go of the disk' }
  const request = ask(plan.farm.server, 'Set-VdpSealRecord', { guid: undo.guid, text: '' })
  return changed(undo, 'take the seal note off: it did not come true', request)
}

/** A disk that this run made is deleted by nobody but a person. Source: pvs.md 4.7 (102: not while it is assigned). */
export function standingOfMadeDisk({ now, plan, memory }: Restoring): Standing {
  const { name, store } = plan.vdisk
  if (memory.sealed !== null) return back(`${name}, made by this run, is sealed`)
  if (now.disk.found === 0) return back(`there is no ${name}`)
  if (memory.made === null) return stays(`${name} is in ${store}, and whether this run made it is not known: it stays there`)
  const remove = `on ${plan.farm.server}: Remove-PvsDiskLocator -Guid ${memory.made} -DeleteDiskFile`
  return stays(`${name}, made for this run, stays in ${store}; to delete it, ${remove}`)
}
