import type { OperationName } from '../../wire/operations/catalogue.ts'
import { operations } from '../../wire/operations/catalogue.ts'

/** How long a session waits for its host, in real milliseconds. A request has its operation's own limit, and `marginMs` for the way. */
export interface Patience {
  readonly connectMs: number
  readonly bannerMs: number
  readonly partMs: number
  readonly welcomeMs: number
  readonly marginMs: number
  readonly closeMs: number
  readonly limitMs: (op: OperationName) => number
}

/** Windows PowerShell starts in seconds on a cold host, and the PVS snap-in loads within the welcome. */
export const usualPatience: Patience = {
  connectMs: 20_000,
  bannerMs: 60_000,
  partMs: 20_000,
  welcomeMs: 90_000,
  marginMs: 15_000,
  closeMs: 5_000,
  limitMs: (op) => operations[op].seconds * 1000,
}
