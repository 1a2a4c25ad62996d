import type { DatabaseSync } from 'node:sqlite'
import { storeFault } from './refusal.ts'

/** An open database and the name under which faults speak of it. */
export interface Connection {
  readonly db: DatabaseSync
  readonly path: string
}

/** Runs `work` as one transaction that other writers wait for; whatever it throws, nothing of it is written. Throws faults of the store. */
export function writing<T>(to: Connection, work: (db: DatabaseSync) => T): T {
  return within(to, 'begin immediate', work)
}

/** Runs `work` on one unmoving state of the database, whatever others write meanwhile. Throws faults of the store. */
export function reading<T>(from: Connection, work: (db: DatabaseSync) => T): T {
  return within(from, 'begin', work)
}

function within<T>({ db, path }: Connection, begin: string, work: (db: DatabaseSync) => T): T {
  try {
    db.exec(begin)
    const result = work(db)
    db.exec('commit')
    return result
  } catch (thrown) {
    // A full disk may already have rolled back by itself: sqlite.org, "Response To Errors Within A Transaction".
    if (db.isOpen && db.isTransaction) db.exec('rollback')
    throw storeFault(thrown, path)
  }
}
