import type { Disk, DiskState } from '../../../wire/operations/farm-state.ts'
import type { Look } from '../../stage.ts'
import { hold, type Verdict } from '../../verdict.ts'

/** What forbids to open a Standard disk read/write: it is in use, or a device other than the prep device may boot it; the first that does
 *  would take it. Source: pvs.md 4.2, 4.7 (101). */
export function mayNotOpen(disk: Disk, { locks, assignments }: DiskState, { memory }: Pick<Look, 'memory'>): Verdict | null {
  if (disk.active || disk.deviceCount > 0) return hold('VDISK_IN_USE', { name: disk.name, count: disk.deviceCount })
  const foreign = locks.find((lock) => lock.ownerId !== memory.device?.id)
  if (foreign !== undefined) return hold('VDISK_LOCKED', { name: disk.name, owner: foreign.ownerName, kind: foreign.ownerKind })
  const others = assignments.filter((one) => one.enabled && one.deviceId !== memory.device?.id).map((one) => one.device)
  return others.length === 0 ? null : hold('VDISK_ASSIGNED', { name: disk.name, device: memory.device?.name, others })
}
