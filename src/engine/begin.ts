import { Fault } from '../faults/fault.ts'
import type { Person, RunEvent } from '../procedure/events.ts'
import type { Plan } from '../workflow/plan.ts'
import type { Ownership } from './connections.ts'
import type { World } from './drive.ts'
import { claimLeases, nameOf } from './lease.ts'
import type { Ids } from './ports/clock.ts'
import { freshContext } from '../procedure/chart/context.ts'
import { chartOf, firstTurn, noteTurn } from './turn.ts'
import { chartStamp } from './snapshot.ts'

/** Begins a run: the leases first, then its first commit. Rejects with BUSY when another run has the vDisk or the target, also one that
 *  nobody drives just now: until it has ended it may have left the disk open. */
export async function beginRun(world: World, ids: Ids, plan: Plan, by: Person, version: string): Promise<Ownership> {
  const { store } = world
  const [run, owner] = [ids.run(), ids.owner()]
  const { leases } = freshContext({ plan, by })
  const own = await claimLeases(store, world.clock, { run, owner }, leases, by)
  const unfinished = (await store.list()).find(
    (other) => other.state !== 'ended' && chartOf(other).context.leases.some((key) => leases.includes(key)),
  )
  if (unfinished !== undefined) {
    await store.release(run, owner)
    const { startedBy, leases: theirs } = chartOf(unfinished).context
    const key = theirs.find((one) => leases.includes(one))
    throw new Fault('BUSY', {
      key,
      holder: unfinished.run,
      who: nameOf(startedBy),
      since: new Date(unfinished.startedAt).toISOString(),
    })
  }
  const at = world.farmClock.now()
  const begun: readonly RunEvent[] = [
    { type: 'run.started', plan, by, version },
    { type: 'owner.claimed', owner, by, fence: own.fence, resumed: false },
  ]
  await store.create({ run, title: plan.title, stamp: chartStamp, plan }, { run, at, ...firstTurn(plan, by, at, begun) })
  return own
}

/** Takes a run up again where it stands. Rejects with CHART_UNKNOWN for a run of another chart, RUN_ENDED for one that is over, BUSY
 *  while another owner lives. */
export async function resumeRun(world: World, ids: Ids, run: string, by: Person): Promise<Ownership> {
  const stored = await world.store.load(run)
  if (stored === undefined) throw new Fault('UNKNOWN_RUN', { run })
  if (stored.state === 'ended') throw new Fault('RUN_ENDED', { run, outcome: stored.outcome })
  if (stored.stamp !== chartStamp) throw new Fault('CHART_UNKNOWN', { run, theirs: stored.stamp, ours: chartStamp })
  const owner = ids.owner()
  const own = await claimLeases(world.store, world.clock, { run, owner }, chartOf(stored).context.leases, by, (other) =>
    ids.gone(other),
  )
  const taken = await world.store.load(run)
  if (taken === undefined) throw new Fault('UNKNOWN_RUN', { run })
  const claimed: RunEvent = { type: 'owner.claimed', owner, by, fence: own.fence, resumed: true }
  await world.store.commit(noteTurn(taken, [claimed], own.fence, world.farmClock.now()))
  return own
}
