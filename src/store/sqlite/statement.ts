import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'

const prepared = new WeakMap<DatabaseSync, Map<string, StatementSync>>()

/** The statement of this text, prepared once per connection. Not for statements that are left half read: those share their cursor. */
export function statement(db: DatabaseSync, sql: string): StatementSync {
  const known = prepared.get(db) ?? new Map<string, StatementSync>()
  prepared.set(db, known)
  const found = known.get(sql) ?? db.prepare(sql)
  known.set(sql, found)
  return found
}

/** The one value of a pragma, undefined when it answers with no row. */
export function pragma(db: DatabaseSync, name: string): SQLOutputValue | undefined {
  return Object.values(db.prepare(`pragma ${name}`).get() ?? {})[0]
}
