import type { DatabaseSync } from 'node:sqlite'
import type { Instant } from '../../../engine/ports/clock.ts'
import type { Fence, Lease, RunId } from '../../../engine/ports/store.ts'
import { statement } from '../statement.ts'

const COLUMNS = 'key, run, owner, who, fence, since, until'

/** The lease of one key, whether it has run out or not. */
export function readLease(db: DatabaseSync, key: string): Lease | undefined {
  const row = statement(db, `select ${COLUMNS} from lease where key = ?`).get(key)
  return row === undefined ? undefined : leaseOf(row)
}

/** A lease of this run that another owner still holds at `at`. */
export function readRival(db: DatabaseSync, run: RunId, owner: string, at: Instant): Lease | undefined {
  const row = statement(db, `select ${COLUMNS} from lease where run = ? and owner <> ? and until > ? order by key limit 1`).get(
    run,
    owner,
    at,
  )
  return row === undefined ? undefined : leaseOf(row)
}

/** All leases by key, also those that have run out and that nobody has taken. */
export function readLeases(db: DatabaseSync): Lease[] {
  return statement(db, `select ${COLUMNS} from lease order by key`).all().map(leaseOf)
}

/** Gives the key to the lease's owner, whoever had it. One that was its own already keeps `since`. */
export function takeLease(db: DatabaseSync, lease: Lease): void {
  statement(
    db,
    `insert into lease (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)
     on conflict do update set
       since = case when run = excluded.run and owner = excluded.owner then since else excluded.since end,
       run = excluded.run, owner = excluded.owner, who = excluded.who, fence = excluded.fence, until = excluded.until`,
  ).run(lease.key, lease.run, lease.owner, lease.who, lease.fence, lease.since, lease.until)
}

/** Writes the run's new fence into all leases of this owner: a lease under an older one counts as lost. */
export function refenceLeases(db: DatabaseSync, run: RunId, owner: string, fence: Fence): void {
  statement(db, 'update lease set fence = ? where run = ? and owner = ?').run(fence, run, owner)
}

/** The same for whoever holds leases under the fence before. */
export function followFence(db: DatabaseSync, run: RunId, before: Fence, fence: Fence): void {
  statement(db, 'update lease set fence = ? where run = ? and fence = ?').run(fence, run, before)
}

/** Prolongs all leases of this owner under this fence; never shortens one. Resolves to how many there are. */
export function prolongLeases(db: DatabaseSync, run: RunId, owner: string, fence: Fence, until: Instant): number {
  const { changes } = statement(db, 'update lease set until = max(until, ?) where run = ? and owner = ? and fence = ?').run(
    until,
    run,
    owner,
    fence,
  )
  return Number(changes)
}

/** How many leases this owner has of the run, under whatever fence. */
export function countLeases(db: DatabaseSync, run: RunId, owner: string): number {
  const row = statement(db, 'select count(*) as n from lease where run = ? and owner = ?').get(run, owner)
  return Number(row?.['n'])
}

/** Gives back one key if it is this owner's. */
export function deleteLease(db: DatabaseSync, run: RunId, owner: string, key: string): void {
  statement(db, 'delete from lease where run = ? and owner = ? and key = ?').run(run, owner, key)
}

/** Gives back all keys of this owner. */
export function deleteLeasesOf(db: DatabaseSync, run: RunId, owner: string): void {
  statement(db, 'delete from lease where run = ? and owner = ?').run(run, owner)
}

/** Takes away what other owners of the run have left behind. */
export function deleteLeasesOfOthers(db: DatabaseSync, run: RunId, owner: string): void {
  statement(db, 'delete from lease where run = ? and owner <> ?').run(run, owner)
}

function leaseOf(row: object): Lease {
  return { ...(row as Lease) }
}
