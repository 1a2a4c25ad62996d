import type { Store, StoredRun } from '../../engine/ports/store.ts'
import { Fault } from '../../faults/fault.ts'
import { typedPosition } from './screens/position.ts'

/** The one run whose id begins so, or begins so before the line that a screen showed (`8k2@41`). Throws UNKNOWN_RUN, AMBIGUOUS_RUN or NO_RUN_YET. Without a text: the newest run. */
export async function findRun(store: Store, typed: string | undefined): Promise<StoredRun> {
  if (typed === undefined) {
    const newest = (await store.list(1))[0]
    if (newest === undefined) throw new Fault('NO_RUN_YET')
    return newest
  }
  const prefix = typedPosition(typed).run
  const found = await store.find(prefix)
  const exact = found.find((one) => one.run === prefix)
  if (exact !== undefined) return exact
  const [one, ...others] = found
  if (one === undefined) throw new Fault('UNKNOWN_RUN', { run: prefix })
  if (others.length > 0) throw new Fault('AMBIGUOUS_RUN', { run: prefix, matches: found.map((match) => match.run) })
  return one
}
