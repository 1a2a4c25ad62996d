import type { Store } from '../../engine/ports/store.ts'
import { claimKeys, raiseOwnFence, releaseKeys, renewLeases } from './claim.ts'
import { connect } from './connect.ts'
import { auditRun, loadRun, loadRuns, PAGE, streamLines } from './read.ts'
import { readAcross, readEnds, readLines } from './rows/journal.ts'
import { readLeases } from './rows/lease.ts'
import { readKeyed } from './rows/run-key.ts'
import { PATIENCE_MS, patiently } from './patience.ts'
import { reading, writing, type Connection } from './transaction.ts'
import { beginEffect, commitTurn, createRun } from './turn.ts'

/** The store of one machine: one SQLite file that several processes may open at once. Opens at once or throws a Fault (see `connect`).
 *  `readOnly` serves looking and auditing; every write is then refused with STORE_READ_ONLY. A call that other programs keep waiting for
 *  longer than `patienceMs` rejects with STORE_BUSY. */
export function openStore(path: string, options: { readonly readOnly?: boolean; readonly patienceMs?: number } = {}): Store {
  return storeOn(connect(path, options), options.patienceMs)
}

/** The store over a connection that is open already; `close` closes it. */
export function storeOn(connection: Connection, patienceMs = PATIENCE_MS): Store {
  const { db, path } = connection
  const read = <T>(work: () => T): Promise<T> => patiently(connection, patienceMs, () => reading(connection, work))
  const write = <T>(work: () => T): Promise<T> => patiently(connection, patienceMs, () => writing(connection, work))
  return {
    create: (fresh, first) => write(() => createRun(db, fresh, first)),
    commit: (turn) => write(() => commitTurn(db, turn)),
    start: (run, effect, by, at) => write(() => beginEffect(db, run, effect, by, at)),
    load: (run) => read(() => loadRun(db, run)),
    find: (prefix) => read(() => loadRuns(db, prefix)),
    list: (most) => read(() => loadRuns(db, '', most)),
    keyed: (name) => read(() => readKeyed(db, name)),
    journal: (run, after = 0) => streamLines((from) => read(() => readLines(db, run, from, PAGE)), after),
    across: (types, runs) => read(() => readAcross(db, types, runs)),
    ends: () => read(() => readEnds(db)),
    claim: (claim) => write(() => claimKeys(db, claim)),
    renew: (run, owner, until) => write(() => renewLeases(db, run, owner, until)),
    release: (run, owner, keys) => write(() => releaseKeys(db, run, owner, keys)),
    leases: () => read(() => readLeases(db)),
    raise: (run, by) => write(() => raiseOwnFence(db, run, by)),
    audit: (run, how) => read(() => auditRun(db, path, run, how)),
    close: () => Promise.try(() => (db.isOpen ? db.close() : undefined)),
  }
}
