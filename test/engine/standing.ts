import { freshContext, freshStage, type RunContext, type StageContext } from '../../src/procedure/chart/context.ts'
import type { Person, RunEvent } from '../../src/procedure/events.ts'
import { fold, stamped } from '../../src/procedure/fold.ts'
import type { Intent } from '../../src/procedure/stage.ts'
import { act } from '../../src/procedure/verdict.ts'
import { emptyView } from '../../src/procedure/view-changes.ts'
import type { RunView } from '../../src/procedure/run-view.ts'
import { chartStamp } from '../../src/engine/snapshot.ts'
import { firstTurn, nextTurn, type ChartEvent } from '../../src/engine/turn.ts'
import type { EffectRow, JournalEntry, Store, StoredRun, Turn } from '../../src/engine/ports/store.ts'
import type { Plan } from '../../src/workflow/plan.ts'
import { healthy } from '../diagnosis/healthy-look.ts'

export const maria: Person = { login: 'maria', host: 'ops1', claim: null }
export const jonas: Person = { login: 'jonas', host: 'ops2', claim: null }
const usual = healthy().plan
/** A plan of little patience: a deadline is a few looks away. */
export const plan: Plan = {
  ...usual,
  verify: { ...usual.verify, deadlineMs: 20_000 },
  policy: { ...usual.policy, sealVDisk: { ...usual.policy.sealVDisk, deadlineMs: 2_000 } },
}
/** The boot of the healthy target. */
export const bootOfTarget = healthy().target.boot

/** Where a fabricated run stands. `inner` is the state inside its stage. */
export interface Standing {
  readonly place: string
  readonly inner: unknown
  readonly run?: string
  readonly plan?: Plan
  readonly stage?: Partial<StageContext>
  readonly context?: Partial<RunContext>
  readonly effects?: readonly EffectRow[]
  readonly timers?: StoredRun['timers']
}

/** An act that was intended at a place, as the context keeps it. */
export function intended(place: string, key: string, op: Intent['op'] = 'Invoke-VdpWindowsRearm', host = 'W11-MASTER'): Intent {
  return { key, effect: `${place}/${key}/1`, what: key, host, op, baseline: null }
}

/** The verdict that asks for an act. */
export function wanting(key: string, approval?: string) {
  const change = { ask: { host: 'W11-MASTER', op: 'Invoke-VdpWindowsRearm', args: {} }, what: key, key } as const
  return act(approval === undefined ? change : { ...change, approval }, 'the facts ask for it')
}

/** A stored run that stands at a place of the chart. */
export function standing(at: Standing): StoredRun {
  const { plan: of, ...context } = freshContext({ plan: at.plan ?? plan, by: maria })
  const stage = { ...freshStage(at.place), ...at.stage }
  const value = at.place.split('.').reduceRight((inner, name) => ({ [name]: inner }), at.inner)
  return {
    run: at.run ?? 'k7w2m',
    title: of.title,
    state: stage.heldFor === null ? 'active' : 'waiting',
    outcome: null,
    revision: 1,
    seq: 0,
    head: '',
    fence: 0,
    stamp: chartStamp,
    snapshot: { value, context: { ...context, ...at.context, stage } },
    plan: of,
    effects: at.effects ?? [],
    timers: at.timers ?? [],
    startedAt: 1000,
    changedAt: 1000,
  }
}

/** A run at its very beginning. */
export function beginning(of: Plan = plan): { readonly run: StoredRun; readonly entries: readonly JournalEntry[] } {
  const begun: RunEvent[] = [
    { type: 'run.started', plan: of, by: maria, version: 'test' },
    { type: 'owner.claimed', owner: 'one', by: maria, fence: 1, resumed: false },
  ]
  const first = firstTurn(of, maria, 1000, begun)
  const empty = standing({ place: 'preflight.preflight', inner: 'looking', plan: of })
  return {
    run: applied({ ...empty, revision: 0 }, { run: empty.run, after: 0, by: null, at: 1000, ...first }),
    entries: first.entries,
  }
}

/** What the chart makes of an event; the result of the open effect unless it is said to be something else. */
export function told(run: StoredRun, event: ChartEvent, at = 2000): Turn {
  const [open] = run.effects
  const finished = event.type.startsWith('xstate.done') || event.type.startsWith('xstate.error') ? (open?.id ?? null) : null
  return nextTurn(run, event, { at, by: null, finished, before: [] })
}

/** The run after a turn, as a database would give it back: through JSON. */
export function applied(run: StoredRun, turn: Turn): StoredRun {
  const ended = new Set(turn.finish.map(({ id }) => id))
  const after: StoredRun = {
    ...run,
    state: turn.state,
    outcome: turn.outcome,
    revision: run.revision + 1,
    snapshot: turn.snapshot,
    effects: [
      ...run.effects.filter(({ id }) => !ended.has(id)),
      ...turn.effects.map((effect) => ({ ...effect, state: 'pending' as const, fence: null })),
    ],
    timers: [
      ...run.timers.filter(({ id }) => !turn.cancelTimers.includes(id) && !turn.timers.some((timer) => timer.id === id)),
      ...turn.timers,
    ],
    changedAt: turn.at,
  }
  return JSON.parse(JSON.stringify(after)) as StoredRun
}

/** What the chart remembers after a turn. */
export function contextAfter(turn: Turn): Omit<RunContext, 'plan'> {
  return (turn.snapshot as { context: Omit<RunContext, 'plan'> }).context
}

/** The types of the journal lines of a turn. */
export function linesOf(turn: Turn): readonly string[] {
  return turn.entries.map(({ type }) => type)
}

/** What a person sees after these journal lines. */
export function viewOf(entries: readonly JournalEntry[]): RunView {
  return entries.reduce(
    (view, { type, at, body }, index) => fold(view, stamped({ run: view.run, seq: index + 1, at, hash: '', type, body })),
    emptyView('k7w2m'),
  )
}

/** Writes a fabricated run into a store. */
export async function stored(store: Store, run: StoredRun): Promise<void> {
  await store.create(
    { run: run.run, title: run.title, stamp: run.stamp, plan: run.plan },
    {
      run: run.run,
      at: run.startedAt,
      state: run.state,
      outcome: run.outcome,
      snapshot: run.snapshot,
      entries: [{ type: 'stage.entered', at: run.startedAt, body: { place: 'here', title: 'here' } }],
      finish: [],
      effects: run.effects.map(({ id, kind, input }) => ({ id, kind, input })),
      timers: run.timers,
      cancelTimers: [],
    },
  )
}
