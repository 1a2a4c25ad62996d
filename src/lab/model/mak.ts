import type { Device } from './device.ts'
import type { Farm } from './farm.ts'
import { diskOf } from './locks.ts'

/** MakLicenseActivated of a device: 0 not used, 1 not activated, 2 activated. Source: pvs.md 4.3; that it follows the licence of a running
 *  clone is this model's. */
export function makActivated(farm: Farm, { active, session, running }: Device): 0 | 1 | 2 {
  const disk = active && session ? diskOf(farm, session.guid) : undefined
  if (disk?.licenseMode !== 1) return 0
  return running?.image.licensing.status === 1 ? 2 : 1
}
