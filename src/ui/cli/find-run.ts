import type { Store, StoredRun } from '../../engine/ports/store.ts'
import { Fault } from '../../faults/fault.ts'

/** The one run whose id begins so. Throws UNKNOWN_RUN, AMBIGUOUS_RUN or NO_RUN_YET. Without a text: the newest run. */
export async function findRun(store: Store, prefix: string | undefined): Promise<StoredRun> {
  if (prefix === undefined) {
    const newest = (await store.list())[0]
    if (newest === undefined) throw new Fault('NO_RUN_YET')
    return newest
  }
  const found = await store.find(prefix)
  const exact = found.find((one) => one.run === prefix)
  if (exact !== undefined) return exact
  const [one, ...others] = found
  if (one === undefined) throw new Fault('UNKNOWN_RUN', { run: prefix })
  if (others.length > 0) throw new Fault('AMBIGUOUS_RUN', { run: prefix, matches: found.map((match) => match.run) })
  return one
}
