import type { DatabaseSync } from 'node:sqlite'
import type { RunId, TimerRow } from '../../../engine/ports/store.ts'
import { statement } from '../statement.ts'

/** Sets a timer; one of the same id is replaced. */
export function putTimer(db: DatabaseSync, run: RunId, timer: TimerRow): void {
  statement(
    db,
    `insert into timer (run, id, due_at, event) values (?, ?, ?, ?)
     on conflict do update set due_at = excluded.due_at, event = excluded.event`,
  ).run(run, timer.id, timer.dueAt, JSON.stringify(timer.event ?? null))
}

/** Takes a timer away; one that is gone already is no error. */
export function deleteTimer(db: DatabaseSync, run: RunId, id: string): void {
  statement(db, 'delete from timer where run = ? and id = ?').run(run, id)
}

/** All timers of a run, the next one first. */
export function readTimers(db: DatabaseSync, run: RunId): TimerRow[] {
  return statement(db, 'select id, due_at as dueAt, event from timer where run = ? order by due_at, id')
    .all(run)
    .map((row) => {
      const stored = row as unknown as TimerRow & { event: string }
      return { ...stored, event: JSON.parse(stored.event) as unknown }
    })
}
