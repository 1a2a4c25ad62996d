import { closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Fault } from '../../faults/fault.ts'
import { isCurrent, migrate } from './migrate.ts'
import { isBusy, storeFault } from './refusal.ts'
import { pragma } from './statement.ts'
import { writing, type Connection } from './transaction.ts'

/** How long opening waits for another program's transaction. It blocks the event loop meanwhile, hence no more than a second. */
const BUSY_MS = 1000
/** The same for each attempt of a later call (see `patience.ts`): sessions and timers of this process share the loop. */
const ATTEMPT_MS = 100
const RETRY_MS = 5
/** The check reads the whole file: a quarter of a second for a gigabyte in memory (measured). A larger store is checked by every audit, and by
 *  SQLite itself wherever a page is read. */
const CHECKED_AT_ONCE = 64 * 1024 * 1024

/** Opens or creates the database file (0600, in a folder made 0700) and checks it: sound, ours, of this schema. ':memory:' is one of its own.
 *  Throws STORE_CANNOT_OPEN, STORE_DAMAGED, STORE_NEWER, STORE_BUSY or STORE_READ_ONLY. */
export function connect(path: string, options: { readonly readOnly?: boolean } = {}): Connection {
  const readOnly = options.readOnly ?? false
  if (!readOnly && path !== ':memory:') createPrivate(path)
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(path, { readOnly, timeout: BUSY_MS, enableForeignKeyConstraints: true })
    const connection = { db, path }
    const sound = bytesOf(path) > CHECKED_AT_ONCE ? 'ok' : pragma(db, 'quick_check(1)')
    if (sound !== 'ok') throw new Fault('STORE_DAMAGED', { path, why: String(sound) })
    prepare(connection, readOnly)
    db.exec(`pragma busy_timeout = ${String(ATTEMPT_MS)}`)
    return connection
  } catch (thrown) {
    if (db?.isOpen === true) db.close()
    throw storeFault(thrown, path)
  }
}

function prepare(connection: Connection, readOnly: boolean): void {
  const { db, path } = connection
  const current = isCurrent(db, path)
  if (readOnly && !current) throw new Fault('STORE_READ_ONLY', { path, doubt: 'nothing' })
  if (readOnly) return
  useWriteAheadLog(db)
  db.exec('pragma synchronous = full')
  if (!current) writing(connection, () => migrate(db, path))
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** The switch of a new file needs it for itself, and SQLite answers "locked" at once, without its busy timeout, when another program is
 *  switching it too (measured: one in a few hundred simultaneous first opens): asked again until the same time has passed. */
function useWriteAheadLog(db: DatabaseSync): void {
  const giveUp = performance.now() + BUSY_MS
  for (;;) {
    try {
      db.exec('pragma journal_mode = wal')
      return
    } catch (thrown) {
      if (!isBusy(thrown) || performance.now() > giveUp) throw thrown
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS)
    }
  }
}

/** The file before SQLite makes it, so that it, its -wal and its -shm are never readable by others. Folders that exist keep their mode. */
function createPrivate(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    closeSync(openSync(path, 'a', 0o600))
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return
    throw new Fault(code === 'ENOSPC' ? 'STORE_FULL' : 'STORE_CANNOT_OPEN', { path, why: message }, thrown)
  }
}
