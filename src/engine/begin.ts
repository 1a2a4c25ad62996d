import { faultOf } from '../faults/fault.ts'
import type { Person, RunEvent } from '../procedure/events.ts'
import type { Plan } from '../workflow/plan.ts'
import type { Ownership } from './connections.ts'
import type { World } from './drive.ts'
import { claimLeases, refuseUnfinished } from './lease.ts'
import type { Ids } from './ports/clock.ts'
import { freshContext } from '../procedure/chart/context.ts'
import type { RunKey, Store, StoredRun } from './ports/store.ts'
import { chartStamp, refuseOtherChart } from './snapshot.ts'
import { firstTurn, noteTurn, rememberedOf } from './turn.ts'
import { unfinishedRun } from './unfinished.ts'

/** Begins a run: the leases first, then its first commit. Rejects with BUSY when another run has the vDisk or the target, also one that
 *  nobody drives just now: until it has ended it may have left the disk open.
 *  Rejects with FENCED when another has taken the leases before the first commit, and with KEY_TAKEN when the key names a run already. */
export async function beginRun(
  world: World,
  ids: Ids,
  plan: Plan,
  by: Person,
  version: string,
  key?: RunKey,
): Promise<Ownership> {
  const { store } = world
  const [run, owner] = [ids.run(), ids.owner()]
  const { leases } = freshContext({ plan, by })
  const own = await claimLeases(store, world.clock, { run, owner }, leases, by, (other) => ids.gone(other))
  try {
    await refuseUnfinished(store, run, leases)
    const at = world.farmClock.now()
    const begun: readonly RunEvent[] = [
      { type: 'run.started', plan, by, version },
      { type: 'owner.claimed', owner, by, fence: own.fence, resumed: false },
    ]
    const first = { run, at, by: own.fence, ...firstTurn(plan, by, at, begun) }
    await store.create({ run, title: plan.title, stamp: chartStamp, plan, ...(key === undefined ? {} : { key }) }, first)
    return own
  } catch (thrown) {
    await store.release(run, owner)
    throw thrown
  }
}

/** Takes a run up again where it stands. Rejects with CHART_UNKNOWN for a run of another chart, RUN_ENDED for one that is over, BUSY
 *  while another owner lives. */
export async function resumeRun(world: World, ids: Ids, run: string, by: Person): Promise<Ownership> {
  const { store, clock, farmClock } = world
  const owner = ids.owner()
  const gone = (other: string) => ids.gone(other)
  let keys = rememberedOf(await resumable(store, run)).leases
  for (;;) {
    const own = await claimLeases(store, clock, { run, owner }, keys, by, gone)
    try {
      const stored = await resumable(store, run)
      const wanted = rememberedOf(stored).leases
      // The owner before may have moved the run on until the claim.
      if (wanted.every((key) => keys.includes(key))) {
        const claimed: RunEvent = { type: 'owner.claimed', owner, by, fence: own.fence, resumed: true }
        await store.commit(noteTurn(stored, [claimed], own.fence, farmClock.now()))
        return own
      }
      keys = wanted
    } catch (thrown) {
      if (faultOf(thrown).code === 'MOVED_ON') continue
      await store.release(run, owner)
      throw thrown
    }
  }
}

async function resumable(store: Store, run: string): Promise<StoredRun> {
  const stored = await unfinishedRun(store, run)
  refuseOtherChart(stored)
  return stored
}
