import { wayOf } from '../../../diagnosis/way.ts'
import { isPrivate } from '../../../farm/image-mode.ts'
import type { DiskState } from '../../../wire/operations/farm-state.ts'
import type { Look } from '../../stage.ts'
import { hold, type Verdict } from '../../verdict.ts'

/** Holds where a device other than the prep device writes to the open disk, or may boot it: while that one is off, the first of them that
 *  starts takes it read/write. Those that the run found at the beginning it has disabled. Source: pvs.md 4.2; procedure 3. */
export function strangers(
  { disk, locks, assignments }: DiskState,
  { plan, memory }: Pick<Look, 'plan' | 'memory'>,
): Verdict | null {
  if (wayOf(plan) !== 'private' || disk === undefined || !isPrivate(disk.writeCacheType)) return null
  const writer = locks.find((lock) => lock.exclusive && lock.ownerKind === 'device' && lock.ownerId !== memory.device?.id)
  if (writer !== undefined) return hold('FOREIGN_WRITER', { name: disk.name, owner: writer.ownerName })
  const others = assignments.filter((one) => one.enabled && one.deviceId !== memory.device?.id).map((one) => one.device)
  if (others.length === 0) return null
  return hold('FOREIGN_DEVICE', { name: disk.name, device: plan.target.device, server: plan.farm.server, others })
}
