import { isOpen, type Disk } from './disk.ts'
import { audited, happened, type Farm } from './farm.ts'
import { streaming } from './locks.ts'
import { letGo, mountAsService } from './mounting.ts'
import { wakeForeignWriter } from './power.ts'
import { PvsError } from './pvs-error.ts'
import { touchFiles } from './replicas.ts'
import type { PvsServer } from './server.ts'

/** WriteCacheType values that mean something. Source: pvs.md 4.1. */
const TYPES = [0, 1, 3, 4, 6, 7, 8, 9, 10, 11, 12]

/** Refuses a change that PVS refuses: mapped, streamed, or locked. Throws 199, 101, 96. */
function mustBeFree(farm: Farm, disk: Disk): void {
  if (disk.mappedOn !== null) throw new PvsError(199)
  if (streaming(farm, disk).length > 0) throw new PvsError(101)
  const lock = disk.locks[0]
  if (lock) throw new PvsError(96, `Management Interface: vDisk has ${lock.exclusive ? 'exclusive' : 'shared'} lock.`)
}

/** Whether this change makes PVS prepare the image: only from Private to Standard, with licence mode KMS. Source: pvs.md 2. */
export function prepares(disk: Disk, writeCacheType: number): boolean {
  return isOpen(disk) && writeCacheType !== 0 && writeCacheType !== 10 && disk.licenseMode === 2
}

/** First half of a mode change: everything that can refuse it, and the mount where one is needed. Throws a PvsError and changes nothing. */
export function beginModeChange(farm: Farm, server: PvsServer, disk: Disk, type: number, sizeMiB: number): void {
  if (!TYPES.includes(type) || sizeMiB < 0 || sizeMiB > 131_072) throw new PvsError(180)
  if (type === 3 && sizeMiB === 0) throw new PvsError(180)
  mustBeFree(farm, disk)
  if (prepares(disk, type)) mountAsService(farm, server, disk)
}

/** Second half: prepares the mounted image, dismounts it, sets the mode. */
export function finishModeChange(farm: Farm, server: PvsServer, disk: Disk, type: number, sizeMiB: number): void {
  const from = disk.writeCacheType
  if (prepares(disk, type)) {
    prepareForKms(farm, server.name, disk)
    letGo(farm, server)
  }
  disk.writeCacheType = type
  disk.writeCacheSizeMiB = sizeMiB
  happened(farm, server.name, { did: 'mode', disk: disk.name, from, to: type })
  audited(farm, 'SetDisk', disk.name)
  touchFiles(farm, disk, server.name)
  if (isOpen(disk)) wakeForeignWriter(farm, disk.guid)
  else if (farm.mischief.kmsLeavesAtSeal) farm.kms.reachable = false
}

/** What PVS does to the highest version's image: the first time a "KmsPrep", later a "KmsReset". Source: article; names unproven. */
export function prepareForKms(farm: Farm, server: string, disk: Disk): void {
  const image = [...disk.versions].sort((a, b) => b.version - a.version)[0]?.image
  if (!image) return
  const kind = image.preparedAt === null ? 'prep' : 'reset'
  const rearmed = image.licensing.rearm === 'pending'
  const at = happened(farm, server, { did: 'kms-prep', disk: disk.name, kind, rearmed })
  if (farm.mischief.prepDoesNothing) return
  image.preparedAt = at
  if (kind === 'reset' && farm.world.kmsReset === 'renews' && image.licensing.rearm === 'none') {
    image.licensing.rearm = 'pending'
    image.rearmedAt = at - 1
  }
}

/** Sets LicenseMode; on a disk that is Standard already this prepares nothing. Throws 199. Source: pvs.md 2.2. */
export function setLicenseMode(farm: Farm, server: PvsServer, disk: Disk, to: 0 | 1 | 2): void {
  if (disk.mappedOn !== null) throw new PvsError(199)
  const from = disk.licenseMode
  disk.licenseMode = to
  happened(farm, server.name, { did: 'license-mode', disk: disk.name, from, to })
  audited(farm, 'SetDisk', disk.name)
  touchFiles(farm, disk, server.name)
}
