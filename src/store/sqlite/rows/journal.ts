import type { DatabaseSync } from 'node:sqlite'
import type { JournalLine, RunId, Seq } from '../../../engine/ports/store.ts'
import type { WrittenLine } from '../../chain.ts'
import { statement } from '../statement.ts'

const COLUMNS = 'run, seq, type, at, body, hash'

/** Appends one line, written by the commit of this revision. */
export function insertLine(db: DatabaseSync, { run, seq, type, at, body, hash }: WrittenLine, revision: number): void {
  statement(db, 'insert into journal (run, seq, revision, type, at, body, hash) values (?, ?, ?, ?, ?, ?, ?)').run(
    run,
    seq,
    revision,
    type,
    at,
    body,
    hash,
  )
}

/** Up to `limit` lines after `after`, ascending. */
export function readLines(db: DatabaseSync, run: RunId, after: Seq, limit: number): JournalLine[] {
  return statement(db, `select ${COLUMNS} from journal where run = ? and seq > ? order by seq limit ?`)
    .all(run, after, limit)
    .map((row) => lineOf(row as unknown as WrittenLine))
}

/** The lines of these types of all runs, or of those that are named, run by run. */
export function readAcross(db: DatabaseSync, types: readonly string[], runs?: readonly RunId[]): JournalLine[] {
  const isOf = (column: string) => `${column} in (select value from json_each(?))`
  const [own, of] = runs === undefined ? ['', []] : [`${isOf('run')} and `, [JSON.stringify(runs)]]
  return statement(db, `select ${COLUMNS} from journal where ${own}${isOf('type')} order by run, seq`)
    .all(...of, JSON.stringify(types))
    .map((row) => lineOf(row as unknown as WrittenLine))
}

/** The first and the last line of each run, by the place that the run's own row names. */
export function readEnds(db: DatabaseSync): JournalLine[] {
  const columns = COLUMNS.split(', ').map((column) => `journal.${column}`)
  return statement(
    db,
    `select ${columns.join(', ')} from run join journal on journal.run = run.run and journal.seq in (1, run.seq) order by run.rowid, journal.seq`,
  )
    .all()
    .map((row) => lineOf(row as unknown as WrittenLine))
}

/** What was written after a revision, the newest first. */
export function readLinesSince(db: DatabaseSync, run: RunId, revision: number): JournalLine[] {
  return statement(db, `select ${COLUMNS} from journal where run = ? and revision > ? order by seq desc`)
    .all(run, revision)
    .map((row) => lineOf(row as unknown as WrittenLine))
}

/** All lines for an audit as they stand in the file, one at a time. */
export function* auditedLines(db: DatabaseSync, run: RunId): Generator<WrittenLine> {
  for (const row of db.prepare(`select ${COLUMNS} from journal where run = ? order by seq`).iterate(run))
    yield row as unknown as WrittenLine
}

function lineOf(row: WrittenLine): JournalLine {
  return { ...row, body: JSON.parse(row.body) }
}
