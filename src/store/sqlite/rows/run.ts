import type { DatabaseSync } from 'node:sqlite'
import type { NewRun, RunId, StoredRun, Turn } from '../../../engine/ports/store.ts'
import { statement } from '../statement.ts'

/** A run's own row with its fence; effects and timers lie in rows of their own. */
export type RunRow = Omit<StoredRun, 'effects' | 'timers'>

/** Where a run stands after a commit. */
export type RunEnd = Pick<StoredRun, 'revision' | 'seq' | 'head'>

const COLUMNS =
  'run, title, state, outcome, revision, seq, head, stamp, snapshot, plan, started_at as startedAt, changed_at as changedAt, value as fence'

/** Writes the row of a new run; `false` when the id is taken. */
export function insertRun(
  db: DatabaseSync,
  fresh: NewRun,
  first: Pick<Turn, 'state' | 'outcome' | 'snapshot' | 'at'>,
  end: RunEnd,
): boolean {
  const { changes } = statement(
    db,
    `insert into run (run, title, state, outcome, revision, seq, head, stamp, snapshot, plan, started_at, changed_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
  ).run(
    fresh.run,
    fresh.title,
    first.state,
    first.outcome,
    end.revision,
    end.seq,
    end.head,
    fresh.stamp,
    JSON.stringify(first.snapshot ?? null),
    JSON.stringify(fresh.plan ?? null),
    first.at,
    first.at,
  )
  return changes === 1
}

/** What a turn changes of the run's row. */
export function updateRun(db: DatabaseSync, turn: Turn, end: RunEnd): void {
  statement(
    db,
    'update run set state = ?, outcome = ?, revision = ?, seq = ?, head = ?, snapshot = ?, changed_at = ? where run = ?',
  ).run(turn.state, turn.outcome, end.revision, end.seq, end.head, JSON.stringify(turn.snapshot ?? null), turn.at, turn.run)
}

/** All that a commit has to compare and to go on from. */
export function readEnd(db: DatabaseSync, run: RunId): (RunEnd & Pick<RunRow, 'fence'>) | undefined {
  const row = statement(db, 'select revision, seq, head, value as fence from run join fence using (run) where run = ?').get(run)
  return row === undefined ? undefined : { ...(row as unknown as RunEnd & Pick<RunRow, 'fence'>) }
}

/** Runs whose id begins with the text (every run for an empty one), the last inserted first: no run is ever deleted, so rowids only grow. */
export function findRuns(db: DatabaseSync, prefix: string, most = -1): RunRow[] {
  return statement(
    db,
    `select ${COLUMNS} from run join fence using (run) where substr(run, 1, length(?1)) = ?1 order by run.rowid desc limit ?2`,
  )
    .all(prefix, most)
    .map(runRow)
}

/** The run of exactly this id. */
export function readRun(db: DatabaseSync, run: RunId): RunRow | undefined {
  const row = statement(db, `select ${COLUMNS} from run join fence using (run) where run = ?`).get(run)
  return row === undefined ? undefined : runRow(row)
}

function runRow(row: object): RunRow {
  const stored = row as RunRow & { snapshot: string; plan: string }
  return { ...stored, snapshot: JSON.parse(stored.snapshot), plan: JSON.parse(stored.plan) }
}
