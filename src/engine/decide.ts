import { Fault, faultOf } from '../faults/fault.ts'
import { approvalProblem } from '../procedure/chart/deciding.ts'
import type { Signal } from '../procedure/chart/signals.ts'
import { stamped } from '../procedure/fold.ts'
import { stageAt } from '../procedure/stages.ts'
import { sentenceOf } from '../procedure/story.ts'
import type { RunEvent } from '../procedure/events.ts'
import type { World } from './drive.ts'
import { personText } from '../procedure/told.ts'
import { refuseOtherChart } from './snapshot.ts'
import { chartOf, nextTurn } from './turn.ts'
import type { Seq, StoredRun } from './ports/store.ts'

/** Records a person's decision: compare-and-set, so that of two people who decide at once one wins and the other is told (MOVED_ON). Where
 *  only the run itself has moved on it is asked again. What the chart does not take where the run stands is refused (DECISION_REFUSED,
 *  NOTHING_TO_DECIDE) and not recorded. With the position that the person saw, a run that has done anything since is MOVED_ON too. */
export async function decide(
  { store, farmClock }: Pick<World, 'store' | 'farmClock'>,
  run: string,
  signal: Signal,
  position: Seq | null = null,
): Promise<void> {
  let seen = position
  for (;;) {
    const stored: StoredRun | undefined = await store.load(run)
    if (stored === undefined) throw new Fault('UNKNOWN_RUN', { run })
    if (position !== null && position > stored.seq)
      throw new Fault('DECISION_REFUSED', { run, why: `Its record has no line ${String(position)}.` })
    seen ??= stored.seq
    const faster = stored.seq === seen ? null : await lastDecision(store, run, seen)
    const moved = faster ?? (position === null ? null : await movedSince(store, run, position))
    if (moved !== null) throw new Fault('MOVED_ON', { run, ...moved })
    if (stored.state === 'ended')
      throw new Fault('RUN_ENDED', { run, outcome: stored.outcome, last: sentence(await lastDecision(store, run)) })
    refuseOtherChart(stored)
    const turn = nextTurn(stored, signal as never, { at: farmClock.now(), by: null, finished: null, before: [] })
    if (!turn.entries.some((entry) => entry.type === 'decided'))
      throw refusal(stored, signal, sentence(await lastDecision(store, run)))
    try {
      await store.commit(turn)
      return
    } catch (thrown) {
      const { code, details } = faultOf(thrown)
      if (code !== 'MOVED_ON' || details['decided'] !== false) throw thrown
    }
  }
}

interface Decision {
  readonly who: string
  readonly what: string
  readonly at: string
}

/** The last decision in the journal after a line; null when there is none. */
async function lastDecision(store: World['store'], run: string, after: Seq = 0): Promise<Decision | null> {
  let last: Decision | null = null
  for await (const { type, at, body } of store.journal(run, after)) {
    if (type !== 'decided') continue
    const { by, decision } = body as Extract<RunEvent, { type: 'decided' }>
    last = { who: personText(by), what: decision, at: new Date(at).toISOString() }
  }
  return last
}

/** Who drives a run, and over which connections, changes nothing of what a person decides about. */
const ASIDE: readonly RunEvent['type'][] = ['owner.claimed', 'owner.left', 'connected']

/** The last thing that a run did by itself after a line; null when it did nothing. */
async function movedSince(store: World['store'], run: string, after: Seq): Promise<Decision | null> {
  let last: Decision | null = null
  for await (const line of store.journal(run, after)) {
    const { at, event } = stamped(line)
    if (ASIDE.includes(event.type)) continue
    const what: string = sentenceOf(stamped(line)) ?? last?.what ?? event.type
    last = { who: 'the run itself', what, at: new Date(at).toISOString() }
  }
  return last
}

function sentence(decision: Decision | null): string {
  return decision === null ? '' : ` ${decision.who} decided "${decision.what}" at ${decision.at}.`
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
