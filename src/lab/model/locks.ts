import type { Device } from './device.ts'
import { isOpen, type Disk, type Lock } from './disk.ts'
import type { Farm } from './farm.ts'
import { storeAt } from './store.ts'

/** The disk with this guid. */
export function diskOf(farm: Farm, guid: string): Disk | undefined {
  return farm.disks.find((one) => one.guid === guid)
}

/** The disks of this name in a store of a site, whatever the case. Throws what storeAt throws. Source: pvs.md 3.3. */
export function disksAt(
  farm: Farm,
  address: { readonly site: string; readonly store: string; readonly name: string },
): readonly Disk[] {
  const store = storeAt(farm, address.site, address.store)
  const name = address.name.toUpperCase()
  return farm.disks.filter((one) => one.store === store.name && one.site === store.site && one.name.toUpperCase() === name)
}

/** Devices that stream the disk now, as PVS sees it. */
export function streaming(farm: Farm, disk: Disk): readonly Device[] {
  return farm.devices.filter((one) => one.active && one.session?.guid === disk.guid)
}

/** Takes the lock that a device's session needs; false when another one's forbids it. */
export function takeLock(disk: Disk, version: number, device: Pick<Device, 'id' | 'name'>, exclusive: boolean): boolean {
  const others = disk.locks.filter((one) => one.ownerId !== device.id && one.version === version)
  if (others.some((one) => one.exclusive) || (exclusive && others.length > 0)) return false
  dropLock(disk, device.id)
  disk.locks.push({ exclusive, ownerKind: 'device', ownerId: device.id, ownerName: device.name, version })
  return true
}

/** Removes an owner's lock; returns what was removed. */
export function dropLock(disk: Disk, ownerId: string): Lock | undefined {
  const at = disk.locks.findIndex((one) => one.ownerId === ownerId)
  return at === -1 ? undefined : disk.locks.splice(at, 1)[0]
}

/** Which disk and version a device would get if it asked now, read/write or read-only; null when there is none for it.
 *  Source: pvs.md 2.2 (versions by type), 4.1 (Private). */
export function offerFor(farm: Farm, device: Device): { disk: Disk; version: number; write: boolean } | null {
  for (const { guid, enabled } of device.disks) {
    const disk = diskOf(farm, guid)
    if (!disk || !enabled || !disk.enabled || disk.mappedOn !== null) continue
    const highest = [...disk.versions].sort((a, b) => b.version - a.version)
    if (isOpen(disk)) return { disk, version: highest[0]?.version ?? 0, write: true }
    const maintenance = highest.find((one) => one.access === 1 || one.access === 2)
    if (device.type === 2 && maintenance) return { disk, version: maintenance.version, write: true }
    const allowed = device.type === 1 ? [7, 3, 0] : [3, 0]
    const given = allowed.map((access) => highest.find((one) => one.access === access)).find((one) => one !== undefined)
    if (given) return { disk, version: given.version, write: false }
  }
  return null
}
