import { Fault } from '../faults/fault.ts'
import type { Store, StoredRun } from './ports/store.ts'

/** A run that has not ended. Rejects with UNKNOWN_RUN or RUN_ENDED. */
export async function unfinishedRun(store: Store, run: string): Promise<StoredRun> {
  const stored = await store.load(run)
  if (stored === undefined) throw new Fault('UNKNOWN_RUN', { run })
  if (stored.state === 'ended') throw new Fault('RUN_ENDED', { run, outcome: stored.outcome, last: '' })
  return stored
}
