import { existsSync } from 'node:fs'
import type { Composition } from '../../../compose.ts'
import { isSameDisk } from '../../../engine/seals.ts'
import { Fault } from '../../../faults/fault.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { viewOf } from '../follow.ts'
import { withStore } from '../with-store.ts'

/** A run that has not ended and so keeps its vDisk: another on it is refused with BUSY. `fault`: what it is held for. */
export interface OpenRun {
  readonly title: string
  readonly run: string
  readonly state: 'running' | 'stopped' | 'held' | 'approval' | 'ended'
  readonly fault: string | null
}

/** The runs of the store that stand on the vDisks of these plans. The store is only read; without one, or with one that cannot be read, none
 *  is known. */
export async function openRuns(
  plans: readonly Plan[],
  path: string | null,
  composition: Composition,
): Promise<readonly OpenRun[]> {
  if (!existsSync(composition.storeFile(path))) return []
  try {
    return await withStore(composition, { ...(path === null ? {} : { store: path }), readOnly: true }, async (store) => {
      const stored = (await store.list()).filter(
        (one) => one.state !== 'ended' && plans.some((plan) => isSameDisk(plan, one.plan as Plan)),
      )
      return await Promise.all(
        stored.map(async ({ run }) => {
          const { title, state, held } = await viewOf(store, run)
          return { title, run, state, fault: held?.fault.code ?? null }
        }),
      )
    })
  } catch (thrown) {
    if (thrown instanceof Fault) return []
    throw thrown
  }
}
