import type { DatabaseSync } from 'node:sqlite'
import type { JournalLine, RunId, Seq } from '../../../engine/ports/store.ts'
import { canonicalJson } from '../../canonical.ts'
import { statement } from '../statement.ts'

const COLUMNS = 'run, seq, type, at, body, hash'

type JournalRow = Omit<JournalLine, 'body'> & { readonly body: string }

/** Appends one line, written by the commit of this revision. */
export function insertLine(db: DatabaseSync, { run, seq, type, at, body, hash }: JournalLine, revision: number): void {
  statement(db, 'insert into journal (run, seq, revision, type, at, body, hash) values (?, ?, ?, ?, ?, ?, ?)').run(
    run,
    seq,
    revision,
    type,
    at,
    canonicalJson(body),
    hash,
  )
}

/** Up to `limit` lines after `after`, ascending. */
export function readLines(db: DatabaseSync, run: RunId, after: Seq, limit: number): JournalLine[] {
  return statement(db, `select ${COLUMNS} from journal where run = ? and seq > ? order by seq limit ?`)
    .all(run, after, limit)
    .map((row) => lineOf(row as unknown as JournalRow))
}

/** The lines of these types of all runs, run by run. */
export function readAcross(db: DatabaseSync, types: readonly string[]): JournalLine[] {
  return statement(db, `select ${COLUMNS} from journal where type in (select value from json_each(?)) order by run, seq`)
    .all(JSON.stringify(types))
    .map((row) => lineOf(row as unknown as JournalRow))
}

/** The first and the last line of each run, by the place that the run's own row names. */
export function readEnds(db: DatabaseSync): JournalLine[] {
  const columns = COLUMNS.split(', ').map((column) => `journal.${column}`)
  return statement(
    db,
    `select ${columns.join(', ')} from run join journal on journal.run = run.run and journal.seq in (1, run.seq) order by run.rowid, journal.seq`,
  )
    .all()
    .map((row) => lineOf(row as unknown as JournalRow))
}

/** What was written after a revision, the newest first. */
export function readLinesSince(db: DatabaseSync, run: RunId, revision: number): JournalLine[] {
  return statement(db, `select ${COLUMNS} from journal where run = ? and revision > ? order by seq desc`)
    .all(run, revision)
    .map((row) => lineOf(row as unknown as JournalRow))
}

/** All lines for an audit, one at a time. A body that is not the very text we write can fit no hash and is given as that text. */
export function* auditedLines(db: DatabaseSync, run: RunId): Generator<JournalLine> {
  for (const row of db.prepare(`select ${COLUMNS} from journal where run = ? order by seq`).iterate(run)) {
    const stored = row as unknown as JournalRow
    yield { ...stored, body: asWritten(stored.body) }
  }
}

function asWritten(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text)
    return canonicalJson(body) === text ? body : { altered: text }
  } catch {
    return { altered: text }
  }
}

function lineOf(row: JournalRow): JournalLine {
  return { ...row, body: JSON.parse(row.body) }
}
