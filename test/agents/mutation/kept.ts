import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Times, Verdict } from './trial.ts'

/** What a run has found out so far: how long each suite takes, and verdicts by the id of their fault. */
export interface Kept {
  times: Times
  readonly verdicts: Record<string, Verdict>
  save(): void
}

/** That of a file, so that a run that was stopped goes on; without a file it lives in memory. */
export function keptIn(file?: string): Kept {
  const empty: Pick<Kept, 'times' | 'verdicts'> = { times: {}, verdicts: {} }
  const known = file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as typeof empty) : empty
  const kept: Kept = {
    ...known,
    save() {
      if (file !== undefined) writeFileSync(file, JSON.stringify(kept, null, 1))
    },
  }
  return kept
}
