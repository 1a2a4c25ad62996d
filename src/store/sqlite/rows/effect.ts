import type { DatabaseSync } from 'node:sqlite'
import type { EffectRow, Fence, RunId, Turn } from '../../../engine/ports/store.ts'
import type { Instant } from '../../../engine/ports/clock.ts'
import { statement } from '../statement.ts'

/** Writes down what is to be done; ids are never used again within a run. */
export function insertEffect(db: DatabaseSync, run: RunId, effect: Turn['effects'][number]): void {
  statement(db, `insert into effect (run, id, kind, input, state) values (?, ?, ?, ?, 'pending')`).run(
    run,
    effect.id,
    effect.kind,
    JSON.stringify(effect.input ?? null),
  )
}

/** pending -> started; `false` when it is not pending. */
export function startEffect(db: DatabaseSync, run: RunId, id: string, by: Fence, at: Instant): boolean {
  const { changes } = statement(
    db,
    `update effect set state = 'started', fence = ?, started_at = ? where run = ? and id = ? and state = 'pending'`,
  ).run(by, at, run, id)
  return changes === 1
}

/** started -> done, or pending -> done: a mere look needs no mark, since it may be made twice. `false` when it has ended. */
export function completeEffect(db: DatabaseSync, run: RunId, id: string): boolean {
  return (
    statement(db, `update effect set state = 'done' where run = ? and id = ? and state in ('pending', 'started')`).run(run, id)
      .changes === 1
  )
}

/** pending or started -> cancelled. One that has ended keeps its end; `false` when there is none of this id. */
export function cancelEffect(db: DatabaseSync, run: RunId, id: string): boolean {
  const { changes } = statement(
    db,
    `update effect set state = case when state = 'done' then 'done' else 'cancelled' end where run = ? and id = ?`,
  ).run(run, id)
  return changes === 1
}

/** The effects of a run that have not ended, in the order of their writing. */
export function readOpenEffects(db: DatabaseSync, run: RunId): EffectRow[] {
  return statement(
    db,
    `select id, kind, input, state, fence from effect where run = ? and state in ('pending', 'started') order by nr`,
  )
    .all(run)
    .map((row) => {
      const stored = row as unknown as EffectRow & { input: string }
      return { ...stored, input: JSON.parse(stored.input) as unknown }
    })
}
