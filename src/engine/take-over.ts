import { Fault, faultOf } from '../faults/fault.ts'
import type { Person, RunEvent } from '../procedure/events.ts'
import type { World } from './drive.ts'
import { personText } from '../procedure/told.ts'
import { busy, LEASE_MS } from './lease.ts'
import type { Ids } from './ports/clock.ts'
import type { Fence } from './ports/store.ts'
import { noteTurn, rememberedOf } from './turn.ts'
import { unfinishedRun } from './unfinished.ts'

/** Takes a run away from an owner that is dead or must stop: under a higher fence that owner can commit nothing and begin no act any more.
 *  What it has begun is found by its receipt when the run is resumed. The leases are given back at once, for whoever resumes.
 *  Rejects with UNKNOWN_RUN, RUN_ENDED, DECISION_REFUSED when nobody holds the run, BUSY, or FENCED when another take-over came after it. */
export async function takeOver(
  { store, farmClock }: Pick<World, 'store' | 'farmClock'>,
  ids: Ids,
  run: string,
  by: Person,
  reason: string | null,
): Promise<void> {
  await unfinishedRun(store, run)
  const held = (await store.leases()).filter((lease) => lease.run === run)
  const [first] = held
  if (first === undefined) throw new Fault('DECISION_REFUSED', { run, why: `Nobody holds run ${run}: vdiskprep resume ${run}` })

  const owner = ids.owner()
  const at = first.until - LEASE_MS
  const keys = held.map(({ key }) => key)
  const who = personText(by)
  const claimed = await store.claim({ run, keys, owner, who, at, until: first.until, instead: first.owner })
  if ('busy' in claimed) throw busy(claimed.busy)
  try {
    await record(claimed.fence)
  } finally {
    await store.release(run, owner)
  }

  /** A decision of somebody else may come first: this one is noted after it. */
  async function record(fence: Fence): Promise<void> {
    const stored = await unfinishedRun(store, run)
    const { place } = rememberedOf(stored).stage
    const decided: RunEvent = { type: 'decided', place, decision: 'take-over', by, reason, option: null }
    await store.commit(noteTurn(stored, [decided], fence, farmClock.now())).catch((thrown: unknown) => {
      if (faultOf(thrown).code !== 'MOVED_ON') throw thrown
      return record(fence)
    })
  }
}
