import { Fault } from '../faults/fault.ts'
import type { Person, RunEvent } from '../procedure/events.ts'
import type { Plan } from '../workflow/plan.ts'
import type { Ownership } from './connections.ts'
import type { World } from './drive.ts'
import { claimLeases } from './lease.ts'
import type { Ids } from './ports/clock.ts'
import { freshContext } from '../procedure/chart/context.ts'
import { chartOf, firstTurn, noteTurn } from './turn.ts'
import { chartStamp } from './snapshot.ts'

/** Begins a run: the leases first, then its first commit. Rejects with BUSY when another run holds the vDisk or the target. */
export async function beginRun(world: World, ids: Ids, plan: Plan, by: Person, version: string): Promise<Ownership> {
  const run = ids.run()
  const at = world.farmClock.now()
  const started: RunEvent = { type: 'run.started', plan, by, version }
  await world.store.create(
    { run, title: plan.title, stamp: chartStamp, plan },
    { run, at, ...firstTurn(plan, by, at, [started]) },
  )
  return claim(world, run, ids.owner(), by, freshContext({ plan, by }).leases, false)
}

/** Takes a run up again where it stands. Rejects with CHART_UNKNOWN for a run of another chart, RUN_ENDED for one that is over, BUSY
 *  while another owner lives. */
export async function resumeRun(world: World, ids: Ids, run: string, by: Person): Promise<Ownership> {
  const stored = await world.store.load(run)
  if (stored === undefined) throw new Fault('UNKNOWN_RUN', { run })
  if (stored.state === 'ended') throw new Fault('RUN_ENDED', { run, outcome: stored.outcome })
  if (stored.stamp !== chartStamp) throw new Fault('CHART_UNKNOWN', { run, theirs: stored.stamp, ours: chartStamp })
  return claim(world, run, ids.owner(), by, chartOf(stored).context.leases, true)
}

async function claim(
  world: World,
  run: string,
  owner: string,
  by: Person,
  leases: readonly string[],
  resumed: boolean,
): Promise<Ownership> {
  const own = await claimLeases(world.store, world.clock, { run, owner }, leases, by)
  const stored = await world.store.load(run)
  if (stored === undefined) throw new Fault('UNKNOWN_RUN', { run })
  const claimed: RunEvent = { type: 'owner.claimed', owner, by, fence: own.fence, resumed }
  await world.store.commit(noteTurn(stored, [claimed], own.fence, world.farmClock.now()))
  return own
}
