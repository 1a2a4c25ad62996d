import type { Store } from '../../engine/ports/store.ts'
import type { RunView } from '../../procedure/run-view.ts'
import type { Plan } from '../../workflow/plan.ts'
import { viewOf } from '../cli/follow.ts'

/** As many earlier runs tell how long a step takes. */
const COMPARED = 20

/** Ended runs of the store with the scenario of this one, those of its vDisk first, the newest first. Without a store that answers: none. */
export async function earlierRuns(store: Store, run: string): Promise<readonly RunView[]> {
  try {
    const all = await store.list()
    const mine = all.find((one) => one.run === run)
    if (mine === undefined) return []
    const { scenario } = mine.plan as Plan
    const alike = all.filter((one) => one.run !== run && one.state === 'ended' && (one.plan as Plan).scenario === scenario)
    const chosen = [...alike.filter(({ title }) => title === mine.title), ...alike.filter(({ title }) => title !== mine.title)]
    return await Promise.all(chosen.slice(0, COMPARED).map((one) => viewOf(store, one.run)))
  } catch {
    return []
  }
}
