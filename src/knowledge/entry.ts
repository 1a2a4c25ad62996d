import type { StepName } from '../workflow/plan.ts'

/** One cause of an error, the likeliest first in its list; `check` is the doctor's check that tells it apart, `look` how a person does. */
export interface Cause {
  readonly cause: string
  readonly check?: string
  readonly look?: string
}

/** What is known of one code, event or text. Data in entries/, each fact with its sources (keys of sources.json). */
export interface Entry {
  /** `0xC004F038`, `PVS 84`, `event 12289`, or `text` and a word for what has no code. */
  readonly id: string
  /** The name that its maker gave it, as SL_E_VL_NOT_ENOUGH_COUNT. */
  readonly name?: string
  /** How programs word it, in any language: what a pasted text is compared with. */
  readonly says: readonly string[]
  readonly means: string
  /** Steps in which it is met. */
  readonly steps: readonly StepName[]
  readonly causes: readonly Cause[]
  readonly remedy: readonly string[]
  /** What it means for the vDisk and its clones. */
  readonly risk: string
  readonly sources: readonly string[]
  /** What of it no public source settles. */
  readonly unproven?: string
  /** Ids of what shows beside it when one mistake is behind both. */
  readonly see?: readonly string[]
  /** Only carries another code, which says more than this. */
  readonly outer?: boolean
  /** Other programs of Windows use the same code for matters of their own. */
  readonly generic?: boolean
}

/** Where a fact comes from. */
export interface Source {
  /** Its key in sources.json, as `explain --sources NAME` takes it; a page of this program has none. */
  readonly name?: string
  readonly title: string
  readonly where: string
}
