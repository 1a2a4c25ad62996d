import type { Drawn } from './draw.ts'

/** A draw that once broke an invariant, and by which fault of the program. Draws are kept whole: what a seed draws may change. */
export interface Kept {
  readonly found: string
  readonly drawn: Drawn
}

/** Lived through by the tests, each of them for ever. */
export const kept: readonly Kept[] = []
