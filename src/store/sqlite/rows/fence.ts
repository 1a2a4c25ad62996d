import type { DatabaseSync } from 'node:sqlite'
import type { Fence, RunId } from '../../../engine/ports/store.ts'
import { statement } from '../statement.ts'

/** Gives a run its fence 0 unless it has one: a claim may come before the run's first commit. */
export function ensureFence(db: DatabaseSync, run: RunId): void {
  statement(db, 'insert into fence (run, value) values (?, 0) on conflict do nothing').run(run)
}

/** The run's fence, undefined for a run nobody has named yet. */
export function readFence(db: DatabaseSync, run: RunId): Fence | undefined {
  const row = statement(db, 'select value from fence where run = ?').get(run)
  return row === undefined ? undefined : Number(row['value'])
}

/** One higher than before, for ever. */
export function raiseFence(db: DatabaseSync, run: RunId): Fence {
  const row = statement(db, 'update fence set value = value + 1 where run = ? returning value').get(run)
  return Number(row?.['value'])
}
