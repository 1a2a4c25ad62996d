import { renameSync, writeFileSync } from 'node:fs'
import type { Farm } from './model/farm.ts'

/** Keeps a JSON copy of the ledger in a file: rewritten whole and put in place by renaming, so that a reader never sees half of it.
 *  Written once per turn of the event loop in which something happened. Returns what writes the last of it. */
export function keepLedger(farm: Farm, file: string): () => void {
  let due = false
  const write = () => {
    due = false
    writeFileSync(`${file}.new`, `${JSON.stringify(farm.ledger.entries, null, 1)}\n`)
    renameSync(`${file}.new`, file)
  }
  farm.ledger.onWrite(() => {
    if (due) return
    due = true
    setImmediate(write)
  })
  write()
  return write
}
