import type { DatabaseSync } from 'node:sqlite'
import type { JournalLine, RunId, Seq, StoredRun } from '../../engine/ports/store.ts'
import { Fault } from '../../faults/fault.ts'
import { followChain } from '../chain.ts'
import { readOpenEffects } from './rows/effect.ts'
import { auditedLines } from './rows/journal.ts'
import { findRuns, readEnd, readRun, type RunRow } from './rows/run.ts'
import { readTimers } from './rows/timer.ts'
import { pragma } from './statement.ts'

/** Lines fetched at once while a journal is read. */
export const PAGE = 500

/** The run of exactly this id, as last committed. */
export function loadRun(db: DatabaseSync, run: RunId): StoredRun | undefined {
  const row = readRun(db, run)
  return row === undefined ? undefined : whole(db, row)
}

/** Runs whose id begins with the text, or so many of them, newest first. */
export function loadRuns(db: DatabaseSync, prefix: string, most?: number): StoredRun[] {
  return findRuns(db, prefix, most).map((row) => whole(db, row))
}

/** The journal after a line, page by page: no read transaction stays open between two lines. Lines committed meanwhile are given too. */
export async function* streamLines(
  pageAfter: (seq: Seq) => Promise<readonly JournalLine[]>,
  after: Seq,
): AsyncGenerator<JournalLine> {
  let last = after
  for (;;) {
    const page = await pageAfter(last)
    yield* page
    if (page.length < PAGE) return
    last = page.at(-1)?.seq ?? last
  }
}

/** Checks the whole file, then the run's chain. Throws UNKNOWN_RUN, or STORE_DAMAGED when the file itself is not sound. */
export function auditRun(
  db: DatabaseSync,
  path: string,
  run: RunId,
  { chainAlone = false }: { readonly chainAlone?: boolean } = {},
): { lines: number; head: string } | { broken: Seq; why: string } {
  const sound = chainAlone ? 'ok' : pragma(db, 'integrity_check(1)')
  if (sound !== 'ok') throw new Fault('STORE_DAMAGED', { path, why: String(sound) })
  const end = readEnd(db, run)
  if (end === undefined) throw new Fault('UNKNOWN_RUN', { run })
  return followChain(run, auditedLines(db, run), end)
}

function whole(db: DatabaseSync, row: RunRow): StoredRun {
  return { ...row, effects: readOpenEffects(db, row.run), timers: readTimers(db, row.run) }
}
