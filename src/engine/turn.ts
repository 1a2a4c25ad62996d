import { initialTransition, transition, type EventFromLogic, type ExecutableActionsFrom } from 'xstate'
import { chart } from '../procedure/chart/chart.ts'
import type { RunContext } from '../procedure/chart/context.ts'
import type { Person, RunEvent } from '../procedure/events.ts'
import type { Plan } from '../workflow/plan.ts'
import type { Instant } from './ports/clock.ts'
import type { Fence, JournalEntry, StoredRun, TimerRow, Turn } from './ports/store.ts'
import { fromStored, toStored, type ChartSnapshot, type StoredSnapshot } from './snapshot.ts'

/** An event for the chart: a person's signal, the result of an effect, or a timer's wake-up. */
export interface ChartEvent {
  readonly type: string
  readonly [detail: string]: unknown
}

type Rows = Pick<Turn, 'state' | 'outcome' | 'snapshot' | 'entries' | 'finish' | 'effects' | 'timers' | 'cancelTimers'>

/** An entry for the journal. */
function entry(event: RunEvent, at: Instant): JournalEntry {
  const { type, ...body } = event
  return { type, at, body }
}

/** The first rows of a run: the chart's initial state and what it wants done. */
export function firstTurn(plan: Plan, by: Person, at: Instant, before: readonly RunEvent[]): Rows {
  const [snapshot, actions] = initialTransition(chart, { plan, by })
  return rowsOf({ snapshot, actions, at, before, open: [], finished: null, prefix: '0' })
}

/** What one event changes: pure, so that the same event on the same stored run always gives the same rows.
 *  `finished` is the effect whose result the event is. `at` before the run's last commit counts as that: a journal's times never go back. */
export function nextTurn(
  stored: StoredRun,
  event: ChartEvent,
  how: {
    readonly at: Instant
    readonly by: Fence | null
    readonly finished: string | null
    readonly before: readonly RunEvent[]
  },
): Turn {
  const [snapshot, actions] = transition(chart, chartOf(stored), event as unknown as EventFromLogic<typeof chart>)
  const at = Math.max(how.at, stored.changedAt)
  const rows = rowsOf({
    snapshot,
    actions,
    at,
    before: how.before,
    open: stored.effects.map(({ id }) => id),
    finished: how.finished,
    prefix: String(stored.revision + 1),
  })
  // A state that is not left by its timer keeps it (a parent whose child it moves): what has rung is taken away all the same.
  const rung = stored.timers.filter((timer) => (timer.event as ChartEvent).type === event.type).map(({ id }) => id)
  const cancelTimers = [...rows.cancelTimers, ...rung.filter((id) => !rows.cancelTimers.includes(id))]
  return { run: stored.run, after: stored.revision, by: how.by, at, ...rows, cancelTimers }
}

/** A turn that changes nothing but adds to the journal, not before the run's last commit. */
export function noteTurn(stored: StoredRun, events: readonly RunEvent[], by: Fence | null, now: Instant): Turn {
  const { run, revision: after, state, outcome, snapshot } = stored
  const at = Math.max(now, stored.changedAt)
  return {
    run,
    after,
    by,
    at,
    state,
    outcome,
    snapshot,
    entries: events.map((event) => entry(event, at)),
    finish: [],
    effects: [],
    timers: [],
    cancelTimers: [],
  }
}

/** What a stored run remembers, also one of another chart, which may not be taken up. */
export function rememberedOf(stored: StoredRun): StoredSnapshot['context'] {
  return (stored.snapshot as StoredSnapshot).context
}

/** The same with the plan, as the chart has it. */
export function contextOf(stored: StoredRun): RunContext {
  return { ...rememberedOf(stored), plan: stored.plan as Plan }
}

/** The chart's snapshot of a stored run. */
export function chartOf(stored: StoredRun): ChartSnapshot {
  return fromStored(stored.snapshot as StoredSnapshot, stored.plan as Plan)
}

interface Transition {
  readonly snapshot: ChartSnapshot
  readonly actions: ExecutableActionsFrom<typeof chart>[]
  readonly at: Instant
  readonly before: readonly RunEvent[]
  readonly open: readonly string[]
  readonly finished: string | null
  readonly prefix: string
}

function rowsOf({ snapshot, actions, at, before, open, finished, prefix }: Transition): Rows {
  const entries = before.map((event) => entry(event, at))
  const effects: { id: string; kind: string; input: unknown }[] = []
  const timers = new Map<string, TimerRow>()
  const cancelTimers: string[] = []
  const finish = finished === null ? [] : [{ id: finished, as: 'done' as const }]
  let left = false
  for (const action of actions as unknown as readonly LooseAction[]) {
    switch (action.type) {
      case 'xstate.emit':
        entries.push(entry(action.params['event'] as RunEvent, at))
        break
      case 'xstate.spawnChild':
        effects.push({
          id: `${prefix}.${String(effects.length + 1)}`,
          kind: String(action.params['src']),
          input: action.params['input'],
        })
        break
      case 'xstate.stopChild':
        left = true
        break
      case 'xstate.raise': {
        const delay = action.params['delay']
        // Without a delay it is listed although the chart has consumed it already.
        if (typeof delay === 'number')
          timers.set(String(action.params['id']), {
            id: String(action.params['id']),
            dueAt: at + delay,
            event: action.params['event'],
          })
        break
      }
      case 'xstate.cancel':
        cancelTimers.push(String(action.params['sendId']))
        timers.delete(String(action.params['sendId']))
        break
      default:
        throw new Error(`the chart asks for an unknown action: ${action.type}`)
    }
  }
  return {
    state: snapshot.status === 'done' ? 'ended' : snapshot.hasTag('waitsForPerson') ? 'waiting' : 'active',
    outcome: snapshot.status === 'done' ? snapshot.context.ending : null,
    snapshot: toStored(snapshot),
    entries,
    finish: [...finish, ...(left ? open.filter((id) => id !== finished).map((id) => ({ id, as: 'cancelled' as const })) : [])],
    effects,
    timers: [...timers.values()],
    cancelTimers,
  }
}

interface LooseAction {
  readonly type: string
  readonly params: Readonly<Record<string, unknown>>
}
