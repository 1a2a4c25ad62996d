import { freshMemory } from './act-memory.ts'
import type { Device, Running } from './device.ts'
import { isOpen, versionOf, type Disk } from './disk.ts'
import { lasts } from './durations.ts'
import { audited, happened, type Farm } from './farm.ts'
import { completeRearms, noticeHardware, scheduleActivation } from './first-start.ts'
import type { Image } from './image.ts'
import { diskOf, dropLock, offerFor, takeLock } from './locks.ts'

/** Switches a device on; nothing happens when it is not off. */
export function powerOn(farm: Farm, device: Device): void {
  if (device.power !== 'off') return
  device.power = 'starting'
  later(farm, device, lasts.post, () => login(farm, device))
}

/** The device asks PVS for a disk. A machine that boots its own disk is still attached to the vDisk: PVS sees it active. Source: pvs.md 6.3. */
function login(farm: Farm, device: Device): void {
  const offer = device.enabled ? offerFor(farm, device) : null
  const local = device.localImage !== null && (device.bootFrom === 2 || device.bootsLocally)
  const granted = offer !== null && takeLock(offer.disk, offer.version, device, offer.write)
  if (granted) {
    device.session = { guid: offer.disk.guid, version: offer.version, access: offer.write ? 'read-write' : 'read-only' }
    device.active = true
    device.server = offer.disk.serverName ?? serverFor(farm, device, offer.disk.store)
    if (foreignTo(farm, device, offer.disk.guid)) happened(farm, device.name, { did: 'foreign-write', disk: offer.disk.name })
  }
  if (!granted && !local) {
    device.power = 'stuck'
    later(farm, device, lasts.bootRetry, () => login(farm, device))
    return
  }
  device.power = 'starting'
  later(farm, device, lasts.windowsStart, () => start(farm, device, local))
}

function start(farm: Farm, device: Device, local: boolean): void {
  const disk = device.session ? diskOf(farm, device.session.guid) : undefined
  const how: Running['how'] = local ? 'hard-disk' : (device.session?.access ?? 'read-only')
  const image = local ? device.localImage : disk ? imageFor(device, disk) : null
  if (image === null) return
  const running: Running = {
    image: how === 'read-only' ? structuredClone(image) : image,
    how,
    bootGuid: farm.random.guid(),
    bootedAt: farm.time.now(),
    officeApps: [],
    memory: freshMemory(),
    officeRearmed: null,
    windowsRearmed: false,
    cancel: [],
  }
  const spot = { farm, device, running }
  for (const service of Object.values(running.image.updates.services)) if (service.startMode === 'auto') service.state = 'running'
  device.running = running
  device.power = 'running'
  happened(farm, device.name, { did: 'boot', disk: local ? null : (disk?.name ?? null), how })
  completeRearms(spot)
  noticeHardware(spot)
  scheduleActivation(spot)
  for (const call of farm.onPower) call(device, true)
}

/** The image a session shows: the version's, or the copy that lies on the server which serves it. */
function imageFor(device: Device, disk: Disk): Image | null {
  const stale = disk.replicas.find((one) => one.server === device.server)?.staleImage
  return stale ?? versionOf(disk, device.session?.version ?? 0)?.image ?? null
}

/** Windows shuts down: no login any more, then inactive, then unlocked; each a while after the other. `again` boots it afterwards. */
export function powerOff(farm: Farm, device: Device, again: boolean): void {
  if (device.power !== 'running') return
  const reboot = farm.mischief.rebootInsteadOfOff.delete(device.name) || again
  device.power = 'stopping'
  later(farm, device, lasts.closing, () => {
    happened(farm, device.name, { did: 'shutdown', how: reboot ? 'reboot' : 'off' })
    stopWindows(farm, device)
    later(farm, device, lasts.stopping, () => {
      const guid = device.session?.guid
      Object.assign(device, { active: false, session: null, server: null })
      if (!reboot) device.power = 'off'
      later(farm, device, lasts.lockOutlives, () => {
        if (guid !== undefined) unlockAfter(farm, device, guid)
        if (reboot) later(farm, device, lasts.post, () => login(farm, device))
      })
    })
  })
}

function stopWindows(farm: Farm, device: Device): void {
  for (const cancel of device.running?.cancel ?? []) cancel()
  device.running = null
  for (const call of farm.onPower) call(device, false)
}

function unlockAfter(farm: Farm, device: Device, guid: string): void {
  const disk = diskOf(farm, guid)
  if (!disk || farm.mischief.keepLock.delete(device.name)) return
  if (!device.active) dropLock(disk, device.id)
  if (farm.mischief.closedByOther.delete(guid)) closeByOther(farm, disk)
  wakeForeignWriter(farm, guid)
}

/** Another administrator switches the disk to Standard in the console, licence mode as it is. */
function closeByOther(farm: Farm, disk: Disk): void {
  happened(farm, 'console', { did: 'mode', disk: disk.name, from: disk.writeCacheType, to: 9 })
  audited(farm, 'SetDisk', disk.name, otherAdmin(farm))
  disk.writeCacheType = 9
}

function otherAdmin(farm: Farm): string {
  return `${farm.domain.toUpperCase()}\\j.doe`
}

/** Somebody else assigns the open, unlocked disk to a machine of his and starts it. */
export function wakeForeignWriter(farm: Farm, guid: string): void {
  const disk = diskOf(farm, guid)
  const foreign = farm.devices.find((one) => one.id === farm.mischief.foreignWriter.get(guid))
  if (!disk || !foreign || !isOpen(disk) || disk.locks.length > 0) return
  if (!foreign.disks.some((one) => one.guid === guid)) foreign.disks.unshift({ guid, enabled: true })
  audited(farm, 'AddDiskLocatorToDevice', `${foreign.name} ${disk.name}`, otherAdmin(farm))
  powerOn(farm, foreign)
}

function foreignTo(farm: Farm, device: Device, guid: string): boolean {
  return farm.mischief.foreignWriter.get(guid) === device.id && device.session?.access === 'read-write'
}

/** The online server of the store with the fewest devices. */
function serverFor(farm: Farm, device: Device, store: string): string | null {
  const names = farm.stores.find((one) => one.name === store)?.servers ?? []
  const up = names.filter((name) =>
    farm.servers.find((one) => one.name === name)?.services.some((s) => s.name === 'StreamService' && s.state === 'running'),
  )
  const load = (name: string) => farm.devices.filter((one) => one !== device && one.server === name).length
  return up.reduce<string | null>((best, name) => (best !== null && load(best) <= load(name) ? best : name), null)
}

/** Runs later, unless the device's power has been changed from outside meanwhile. */
function later(farm: Farm, device: Device, ms: number, happen: () => void): void {
  const { epoch } = device
  farm.time.after(ms, () => {
    if (device.epoch === epoch) happen()
  })
}

/** Puts a device into the state of having been on for a long time, without the wait and without anything in the ledger but the boot. */
export function alreadyOn(farm: Farm, device: Device): void {
  device.epoch += 1
  device.power = 'starting'
  const offer = offerFor(farm, device)
  const local = device.localImage !== null && (device.bootFrom === 2 || device.bootsLocally)
  if (offer && takeLock(offer.disk, offer.version, device, offer.write)) {
    device.session = { guid: offer.disk.guid, version: offer.version, access: offer.write ? 'read-write' : 'read-only' }
    device.active = true
    device.server = offer.disk.serverName ?? serverFor(farm, device, offer.disk.store)
  }
  start(farm, device, local)
}
