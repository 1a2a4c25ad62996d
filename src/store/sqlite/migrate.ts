import type { DatabaseSync } from 'node:sqlite'
import { Fault } from '../../faults/fault.ts'
import { migrations } from './migrations/list.ts'
import { pragma } from './statement.ts'

/** Marks the file as ours (the letters VDPS), so that another program's database is not written into. */
const APPLICATION_ID = 0x56445053

/** Brings the schema to this program's. Rejects a newer one (STORE_NEWER) and another program's database (STORE_DAMAGED); both stay as they
 *  are. The caller holds the write transaction, so two programs that open a new file at once do not both build it. */
export function migrate(db: DatabaseSync, path: string, steps: readonly string[] = migrations): void {
  const version = Number(pragma(db, 'user_version'))
  refuse(db, path, version, steps.length)
  for (const step of steps.slice(version)) db.exec(step)
  if (version === 0) db.exec(`pragma application_id = ${APPLICATION_ID}`)
  db.exec(`pragma user_version = ${steps.length}`)
}

/** True when nothing has to be built. Throws as `migrate` does; writes nothing. */
export function isCurrent(db: DatabaseSync, path: string, steps: readonly string[] = migrations): boolean {
  const version = Number(pragma(db, 'user_version'))
  refuse(db, path, version, steps.length)
  return version === steps.length
}

function refuse(db: DatabaseSync, path: string, version: number, ours: number): void {
  const tables = db.prepare('select count(*) as n from sqlite_schema').get()
  const foreign = Number(pragma(db, 'application_id')) !== APPLICATION_ID && (Number(tables?.['n']) > 0 || version > 0)
  if (foreign) throw new Fault('STORE_DAMAGED', { path, why: 'it is a database of another program' })
  if (version > ours) throw new Fault('STORE_NEWER', { path, theirs: version, ours })
}
