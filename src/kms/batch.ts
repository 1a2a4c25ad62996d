import type { KmsRequest } from './request.ts'

/** One thing in a source that could not be read: where it stands, and what is wrong with it. */
export interface Damage {
  readonly source: string
  /** Line of the source, counted from 1; null where it has none. */
  readonly line: number | null
  readonly what: string
}

/** What a piece of a source held. `others` is the number of events that are no activation requests. */
export interface Batch {
  readonly requests: readonly KmsRequest[]
  readonly damage: readonly Damage[]
  readonly others: number
}
