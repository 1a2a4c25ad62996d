import type { Clock } from '../../engine/ports/clock.ts'
import type { Hosts } from '../../engine/ports/hosts.ts'
import type { Store } from '../../engine/ports/store.ts'
import { lastProof } from '../../engine/seals.ts'
import { survey } from '../../engine/survey.ts'
import { lookAtFleet } from '../../procedure/fleet.ts'
import type { Plan } from '../../workflow/plan.ts'
import { worstFirst, type FleetLook, type WatchedLine } from './screens/clone-watch.ts'

/** vDisks whose hosts are reached by one inventory. */
export interface Watched {
  readonly plans: readonly Plan[]
  readonly hosts: Hosts
}

/** Looks at the clones of a fleet again and again, `everyMs` of farm time after each look, until the signal aborts. Reads only. */
export async function watchFleet(
  fleet: readonly Watched[],
  { store, clock }: { readonly store: Pick<Store, 'list'>; readonly clock: Clock },
  everyMs: number,
  signal: AbortSignal,
  show: (look: FleetLook) => void,
): Promise<void> {
  try {
    for (;;) {
      const lines = await Promise.all(fleet.map((one) => lookAt(one, store, signal)))
      const at = clock.now()
      show({ at, lines: worstFirst(lines.flat()) })
      await clock.wait(at + everyMs, signal)
    }
  } catch (thrown) {
    if (!signal.aborted) throw thrown
  }
}

async function lookAt(
  { plans, hosts }: Watched,
  store: Pick<Store, 'list'>,
  signal: AbortSignal,
): Promise<readonly WatchedLine[]> {
  const [lines, runs] = [await survey(hosts, lookAtFleet(plans), signal), await store.list()]
  return plans.flatMap((plan, at) => {
    const line = lines[at]
    return line === undefined ? [] : [{ ...line, last: lastProof(runs, plan) }]
  })
}
