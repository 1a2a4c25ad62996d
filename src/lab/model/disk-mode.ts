import { newTask } from './device-acts.ts'
import { isOpen, type Disk } from './disk.ts'
import { lasts } from './durations.ts'
import { audited, happened, type Farm } from './farm.ts'
import { streaming } from './locks.ts'
import { dismount, letGo, mountAsService } from './mounting.ts'
import { wakeForeignWriter } from './power.ts'
import { PvsError } from './pvs-error.ts'
import { touchFiles } from './replicas.ts'
import { mayChange, type PvsServer } from './server.ts'
import type { FarmTask } from './tasks.ts'

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
function prepares(disk: Disk, writeCacheType: number): boolean {
  return isOpen(disk) && writeCacheType !== 0 && writeCacheType !== 10 && disk.licenseMode === 2
}

/** A mode change from request to end, in farm time; the task, where it outlives the request. A disk that is so already is left alone, and
 *  nothing is prepared. Source: pvs.md 2 (only the change from Private to Standard prepares), 4.7 (177). */
export async function changeMode(
  farm: Farm,
  server: PvsServer,
  disk: Disk,
  to: { readonly type: number; readonly sizeMiB: number },
  spend: (ms: number) => Promise<void>,
): Promise<FarmTask | null> {
  const { type, sizeMiB } = to
  mayChange(server)
  if (disk.writeCacheType === type && disk.writeCacheSizeMiB === sizeMiB) return null
  await spend(1_000)
  beginModeChange(farm, server, disk, type, sizeMiB)
  const ms = prepares(disk, type) ? lasts.kmsPrep : 2_000
  const { modeTaskLies, modeChangeAsTask } = farm.mischief
  if (modeTaskLies || modeChangeAsTask) {
    return newTask(farm, 'SetDisk', ms, () =>
      errorOf(() => {
        if (!modeTaskLies) finishModeChange(farm, server, disk, type, sizeMiB)
        else if (disk.mappedOn === server.name) dismount(farm, server)
      }),
    )
  }
  await spend(ms)
  finishModeChange(farm, server, disk, type, sizeMiB)
  await spend(1_000)
  return null
}

/** What a task keeps of an error that PVS meets in it. */
function errorOf(change: () => void): FarmTask['error'] {
  try {
    change()
    return null
  } catch (thrown) {
    if (!(thrown instanceof PvsError)) throw thrown
    return { returnCode: thrown.returnCode, message: thrown.message, details: thrown.details ?? '' }
  }
}

/** First half of a mode change: everything that can refuse it, and the mount where one is needed. Throws a PvsError and changes nothing. */
function beginModeChange(farm: Farm, server: PvsServer, disk: Disk, type: number, sizeMiB: number): void {
  if (!TYPES.includes(type)) throw new PvsError(180, null, ['writeCacheType', 0, 12])
  const least = type === 3 ? 1 : 0
  if (sizeMiB < least || sizeMiB > 131_072) throw new PvsError(180, null, ['writeCacheSize', least, 131_072])
  mustBeFree(farm, disk)
  if (prepares(disk, type)) mountAsService(farm, server, disk)
}

/** Second half: prepares the mounted image, dismounts it, sets the mode. */
function finishModeChange(farm: Farm, server: PvsServer, disk: Disk, type: number, sizeMiB: number): void {
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

/** Sets LicenseMode; on a disk that is Standard already this prepares nothing. Throws 22, 199. Source: pvs.md 2.2. */
export function setLicenseMode(farm: Farm, server: PvsServer, disk: Disk, to: 0 | 1 | 2): void {
  mayChange(server)
  if (disk.licenseMode === to) return
  if (disk.mappedOn !== null) throw new PvsError(199)
  const from = disk.licenseMode
  disk.licenseMode = to
  happened(farm, server.name, { did: 'license-mode', disk: disk.name, from, to })
  audited(farm, 'SetDisk', disk.name)
  touchFiles(farm, disk, server.name)
}
