import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What one part of the program said about one named fault of the lab. */
export interface Told {
  readonly fault: string
  readonly by: 'doctor' | 'run' | 'verify'
  readonly said: string
  readonly right: boolean
  /** Where the right name stands among what was said; 0: nowhere. */
  readonly rank: number
  /** Findings that have nothing to do with the fault. */
  readonly falseAlarms: readonly string[]
  /** At which rank `explain` has the right entry for each text that was said; 0: not at all. */
  readonly explained: readonly number[]
}

/** What was found of all pairs of faults. */
export interface Pairs {
  readonly count: number
  readonly hidden: readonly Hidden[]
}

/** A pair of which one fault hides the other. */
export interface Hidden {
  readonly first: string
  readonly hides: string
  readonly because: string | null
}

/** What healthy farms were said to have. */
export interface Healthy {
  readonly farm: string
  readonly looks: number
  readonly alarms: readonly string[]
}

/** Rows for the one table that `npm run faults` prints; without it nothing is kept. */
export function keep(part: string, rows: readonly (Told | Healthy)[] | Pairs): void {
  const folder = process.env['VDISKPREP_FAULTS']
  if (folder !== undefined) writeFileSync(join(folder, `${part}.json`), JSON.stringify(rows))
}
