import { versionOf } from './disk.ts'
import { happened } from './farm.ts'
import { diskOf } from './locks.ts'
import type { Spot } from './spot.ts'

/** Whether imaging can begin: Windows runs from its hard disk, and a vDisk is attached read/write. Source: pvs.md 6.5. */
export function canImage({ farm, device, running }: Spot): boolean {
  const { session } = device
  return running.how === 'hard-disk' && session?.access === 'read-write' && diskOf(farm, session.guid) !== undefined
}

/** The Imaging Wizard copies the running Windows to the attached vDisk; false when it failed. */
export function imageToDisk({ farm, device, running }: Spot): boolean {
  const disk = device.session && diskOf(farm, device.session.guid)
  const version = disk ? versionOf(disk, device.session?.version ?? 0) : undefined
  if (!disk || !version || farm.mischief.imagingFails.delete(device.name)) return false
  version.image = structuredClone(running.image)
  happened(farm, device.name, { did: 'imaging', disk: disk.name })
  return true
}
