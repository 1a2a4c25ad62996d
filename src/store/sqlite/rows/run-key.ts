import type { DatabaseSync } from 'node:sqlite'
import type { KeyedRun, RunId, RunKey } from '../../../engine/ports/store.ts'
import { Fault } from '../../../faults/fault.ts'
import { statement } from '../statement.ts'

/** The runs that were begun under a key, in the order of their subjects. */
export function readKeyed(db: DatabaseSync, name: string): KeyedRun[] {
  return statement(db, 'select run, name, subject, content from run_key where name = ? order by subject')
    .all(name)
    .map((row) => ({ ...(row as unknown as KeyedRun) }))
}

/** Keeps the key of a new run. Throws KEY_TAKEN when its subject has a run already, or the key was used for other content. */
export function insertKey(db: DatabaseSync, run: RunId, { name, subject, content }: RunKey): void {
  const rival = readKeyed(db, name).find((one) => one.subject === subject || one.content !== content)
  if (rival !== undefined) {
    const why = rival.content === content ? 'it was begun a moment ago' : 'what was wanted then is not what is wanted now'
    throw new Fault('KEY_TAKEN', { key: name, run: rival.run, why })
  }
  statement(db, 'insert into run_key (name, subject, content, run) values (?, ?, ?, ?)').run(name, subject, content, run)
}
