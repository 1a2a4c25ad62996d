import { Fault } from '../../faults/fault.ts'

/** Primary result codes of SQLite, the low byte of `errcode`. Source: sqlite.org, Result and Error Codes. */
const SQLITE = { busy: 5, locked: 6, readOnly: 8, io: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 } as const

/** What the database said no with, as a fault that a person can act on; anything else is returned as it came. */
export function storeFault(thrown: unknown, path: string): unknown {
  if (thrown instanceof SyntaxError) return new Fault('STORE_DAMAGED', { path, why: `not JSON: ${thrown.message}` }, thrown)
  const { code, why } = answer(thrown)
  const doubt = 'nothing'
  switch (code) {
    case SQLITE.busy:
    case SQLITE.locked:
      return new Fault('STORE_BUSY', { path, doubt }, thrown)
    case SQLITE.readOnly:
      return new Fault('STORE_READ_ONLY', { path, doubt }, thrown)
    case SQLITE.full:
      return new Fault('STORE_FULL', { path, doubt }, thrown)
    case SQLITE.cannotOpen:
      return new Fault('STORE_CANNOT_OPEN', { path, why }, thrown)
    case SQLITE.io:
    case SQLITE.corrupt:
    case SQLITE.notADatabase:
      return new Fault('STORE_DAMAGED', { path, why }, thrown)
    default:
      return thrown
  }
}

/** True when another program's lock was in the way. */
export function isBusy(thrown: unknown): boolean {
  return answer(thrown).code === SQLITE.busy
}

/** Read by its fields, not by its class: an error of node:sqlite may come from another realm than this module's `Error`. */
function answer(thrown: unknown): { code: number | null; why: string } {
  const { errcode, message } = (thrown ?? {}) as { errcode?: unknown; message?: unknown }
  return { code: typeof errcode === 'number' ? errcode & 0xff : null, why: String(message) }
}
