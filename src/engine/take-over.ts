import { Fault } from '../faults/fault.ts'
import type { Person, RunEvent } from '../procedure/events.ts'
import type { World } from './drive.ts'
import { LEASE_MS, nameOf } from './lease.ts'
import type { Ids } from './ports/clock.ts'
import { noteTurn, rememberedOf } from './turn.ts'

/** Takes a run away from an owner that is dead or must stop: under a higher fence that owner can commit nothing and begin no act any more.
 *  What it has begun is found by its receipt when the run is resumed. The leases are given back at once, for whoever resumes.
 *  Rejects with UNKNOWN_RUN, RUN_ENDED, or DECISION_REFUSED when nobody holds the run. */
export async function takeOver(
  { store, farmClock }: Pick<World, 'store' | 'farmClock'>,
  ids: Ids,
  run: string,
  by: Person,
  reason: string | null,
): Promise<void> {
  const before = await store.load(run)
  if (before === undefined) throw new Fault('UNKNOWN_RUN', { run })
  if (before.state === 'ended') throw new Fault('RUN_ENDED', { run, outcome: before.outcome })
  const held = (await store.leases()).filter((lease) => lease.run === run)
  const [first] = held
  if (first === undefined) throw new Fault('DECISION_REFUSED', { run, why: `Nobody holds run ${run}: vdiskprep resume ${run}` })

  const owner = ids.owner()
  const at = first.until - LEASE_MS
  const keys = held.map(({ key }) => key)
  const who = nameOf(by)
  const claimed = await store.claim({ run, keys, owner, who, at, until: first.until, instead: first.owner })
  if ('busy' in claimed) {
    const { key, run: holder, who: holding, since } = claimed.busy
    throw new Fault('BUSY', { key, holder, who: holding, since: new Date(since).toISOString() })
  }
  const stored = await store.load(run)
  if (stored === undefined) throw new Fault('UNKNOWN_RUN', { run })
  const { place } = rememberedOf(stored).stage
  const decided: RunEvent = { type: 'decided', place, decision: 'take-over', by, reason, option: null }
  await store.commit(noteTurn(stored, [decided], claimed.fence, Math.max(farmClock.now(), stored.changedAt)))
  await store.release(run, owner)
}
