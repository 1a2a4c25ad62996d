import type { FaultRecord } from '../faults/fault.ts'
import { describeFault } from '../faults/table.ts'
import type { Person } from './events.ts'

/** A fault as its code and one sentence; `more` fills words that its details lack. The code alone where the table does not know it: a journal
 *  of another version may name such a one. */
export function faultWords({ code, details }: FaultRecord, more: Readonly<Record<string, unknown>> = {}): string {
  try {
    return `${code}: ${describeFault(code, { ...more, ...details }).says}`
  } catch {
    return code
  }
}

/** Login and machine; what a person said of himself is told as a claim. */
export function personText({ login, host, claim }: Person): string {
  return claim === null ? `${login}@${host}` : `${login}@${host} (says: ${claim})`
}
