import type { DatabaseSync } from 'node:sqlite'
import type { Instant } from '../../engine/ports/clock.ts'
import type { Fence, JournalEntry, NewRun, RunId, Seq, Store, Turn } from '../../engine/ports/store.ts'
import { Fault } from '../../faults/fault.ts'
import { canonicalJson } from '../canonical.ts'
import { chainHash, chainStart, type WrittenLine } from '../chain.ts'
import { movedOn } from './moved-on.ts'
import { cancelEffect, completeEffect, insertEffect, startEffect } from './rows/effect.ts'
import { ensureFence, readFence } from './rows/fence.ts'
import { insertLine, readLinesSince } from './rows/journal.ts'
import { insertKey } from './rows/run-key.ts'
import { insertRun, readEnd, updateRun, type RunEnd } from './rows/run.ts'
import { deleteTimer, putTimer } from './rows/timer.ts'

/** Writes a run's first turn as revision 1. Throws RUN_EXISTS when the id is taken, FENCED when the claim it names no longer stands,
 *  KEY_TAKEN when its key is. */
export function createRun(db: DatabaseSync, fresh: NewRun, first: Parameters<Store['create']>[1]): void {
  if (typeof first.by === 'number') checkFence(db, fresh.run, first.by)
  const { lines, end } = appended(fresh.run, { revision: 0, seq: 0, head: chainStart(fresh.run) }, first.entries)
  ensureFence(db, fresh.run)
  if (!insertRun(db, fresh, first, end)) throw new Fault('RUN_EXISTS', { run: fresh.run })
  if (fresh.key !== undefined) insertKey(db, fresh.run, fresh.key)
  writeRest(db, first, lines, end.revision)
}

/** Writes a turn if its fence is the run's and nothing was committed since `after`. Throws UNKNOWN_RUN, FENCED or MOVED_ON, in this order. */
export function commitTurn(db: DatabaseSync, turn: Turn): { revision: number; seq: Seq } {
  const stored = readEnd(db, turn.run)
  if (stored === undefined) throw new Fault('UNKNOWN_RUN', { run: turn.run })
  if (turn.by !== null && turn.by !== stored.fence) throw fenced(turn.run, turn.by, stored.fence)
  if (turn.after !== stored.revision) throw movedOn(turn.run, readLinesSince(db, turn.run, turn.after))
  const { lines, end } = appended(turn.run, stored, turn.entries)
  updateRun(db, turn, end)
  writeRest(db, turn, lines, end.revision)
  return { revision: end.revision, seq: end.seq }
}

/** Marks an effect as begun, for the owner of the run only; `false` when it is not pending. Throws UNKNOWN_RUN or FENCED. */
export function beginEffect(db: DatabaseSync, run: RunId, id: string, by: Fence, at: Instant): boolean {
  checkFence(db, run, by)
  return startEffect(db, run, id, by, at)
}

/** Throws UNKNOWN_RUN or FENCED unless `by` is the run's fence. */
export function checkFence(db: DatabaseSync, run: RunId, by: Fence): void {
  const fence = readFence(db, run)
  if (fence === undefined) throw new Fault('UNKNOWN_RUN', { run })
  if (fence !== by) throw fenced(run, by, fence)
}

function writeRest(db: DatabaseSync, turn: Omit<Turn, 'after' | 'by'>, lines: readonly WrittenLine[], revision: number): void {
  for (const line of lines) insertLine(db, line, revision)
  for (const { id, as } of turn.finish) {
    const ended = as === 'done' ? completeEffect(db, turn.run, id) : cancelEffect(db, turn.run, id)
    if (!ended) throw new Fault('INTERNAL', { message: `effect ${id} of run ${turn.run} cannot become ${as}` })
  }
  for (const effect of turn.effects) insertEffect(db, turn.run, effect)
  for (const id of turn.cancelTimers) deleteTimer(db, turn.run, id)
  for (const timer of turn.timers) putTimer(db, turn.run, timer)
}

/** The entries as lines of the chain, and where the run stands after them. */
function appended(run: RunId, from: RunEnd, entries: readonly JournalEntry[]): { lines: readonly WrittenLine[]; end: RunEnd } {
  let { seq, head } = from
  const lines = entries.map(({ type, at, body }) => {
    seq += 1
    const line = { run, seq, type, at, body: canonicalJson(body) }
    head = chainHash(head, line)
    return { ...line, hash: head }
  })
  return { lines, end: { revision: from.revision + 1, seq, head } }
}

function fenced(run: RunId, yours: Fence, stored: Fence): Fault {
  return new Fault('FENCED', { run, yours, stored })
}
