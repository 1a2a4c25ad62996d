import type { Disk } from './disk.ts'
import type { AuditEntry, Farm } from './farm.ts'

/** What the audit trail shows of a disk since a moment, the oldest first. */
export function auditOf(farm: Farm, disk: Disk, since: number): readonly AuditEntry[] {
  return farm.audit.filter((one) => one.at >= since && one.object === disk.name)
}
