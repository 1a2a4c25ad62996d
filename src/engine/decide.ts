import { Fault, faultOf } from '../faults/fault.ts'
import { approvalProblem } from '../procedure/chart/deciding.ts'
import type { Signal } from '../procedure/chart/signals.ts'
import { stageAt } from '../procedure/stages.ts'
import type { RunEvent } from '../procedure/events.ts'
import type { World } from './drive.ts'
import { nameOf } from './lease.ts'
import { refuseOtherChart } from './snapshot.ts'
import { chartOf, nextTurn } from './turn.ts'
import type { StoredRun } from './ports/store.ts'

/** Records a person's decision: compare-and-set, so that of two people who decide at once one wins and the other is told (MOVED_ON).
 *  What the chart does not take where the run stands is refused (DECISION_REFUSED, NOTHING_TO_DECIDE) and not recorded. */
export async function decide(world: Pick<World, 'store' | 'farmClock'>, run: string, signal: Signal): Promise<void> {
  const stored = await world.store.load(run)
  if (stored === undefined) throw new Fault('UNKNOWN_RUN', { run })
  if (stored.state === 'ended') throw new Fault('RUN_ENDED', { run, outcome: stored.outcome })
  refuseOtherChart(stored)
  const turn = nextTurn(stored, signal as never, {
    at: Math.max(world.farmClock.now(), stored.changedAt),
    by: null,
    finished: null,
    before: [],
  })
  if (!turn.entries.some((entry) => entry.type === 'decided')) throw refusal(stored, signal, await lastDecision(world.store, run))
  try {
    await world.store.commit(turn)
  } catch (thrown) {
    const { code, details } = faultOf(thrown)
    throw code === 'MOVED_ON' ? new Fault('MOVED_ON', { ...details, run }) : thrown
  }
}

/** What somebody decided before, as a sentence; empty when nobody has. */
async function lastDecision(store: World['store'], run: string): Promise<string> {
  let last = ''
  for await (const { type, at, body } of store.journal(run)) {
    if (type !== 'decided') continue
    const { by, decision } = body as Extract<RunEvent, { type: 'decided' }>
    last = ` ${nameOf(by)} decided "${decision}" at ${new Date(at).toISOString()}.`
  }
  return last
}

function refusal(stored: StoredRun, signal: Signal, last: string): Fault {
  const snapshot = chartOf(stored)
  const { place } = snapshot.context.stage
  if (signal.type === 'approve' && stored.state === 'waiting') {
    const why = approvalProblem(snapshot.context, signal, !snapshot.hasTag('waitsForApproval'))
    if (why !== null)
      return new Fault('DECISION_REFUSED', { run: stored.run, why: `${why.slice(0, 1).toUpperCase()}${why.slice(1)}.` })
  }
  if (signal.type === 'skip' && stored.state === 'waiting') {
    return new Fault('DECISION_REFUSED', {
      run: stored.run,
      why: `"${stageAt(place).title}" may not be skipped: what follows rests on it.`,
    })
  }
  return new Fault('NOTHING_TO_DECIDE', { run: stored.run, at: place === '' ? 'its beginning' : stageAt(place).title, last })
}
