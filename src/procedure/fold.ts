import type { RunEvent } from './events.ts'
import { atPlace, drivenAgain, endedUndriven, released, sinceAgain, withAct, withEvidence, withStep } from './view-changes.ts'
import type { RunView } from './run-view.ts'

/** One line of a journal as fold reads it. */
export interface Stamped {
  readonly run: string
  readonly seq: number
  readonly at: number
  readonly hash: string
  readonly event: RunEvent
}

interface JournalForm extends Omit<Stamped, 'event'> {
  readonly type: string
  readonly body: unknown
}

/** A journal line of the store as an event. */
export function stamped({ run, seq, at, hash, type, body }: JournalForm): Stamped {
  return { run, seq, at, hash, event: { type, ...(body as object) } as RunEvent }
}

type Kind = RunEvent['type']
type Fold<K extends Kind> = (view: RunView, event: Extract<RunEvent, { type: K }>, at: number) => Partial<RunView>

const folds: { readonly [K in Kind]: Fold<K> } = {
  'run.started': (_view, { plan, by }, at) => ({ title: plan.title, plan, startedBy: by, startedAt: at }),
  'owner.claimed': (view, { owner, by, resumed }, at) => ({
    ...(resumed ? drivenAgain(view, at) : {}),
    owner: { name: owner, by, since: at },
    state: view.state === 'stopped' ? 'running' : view.state,
  }),
  'owner.left': (view, _left, at) => ({
    owner: null,
    undriven: { ...view.undriven, since: at },
    state: view.state === 'running' ? 'stopped' : view.state,
  }),
  connected: () => ({}),
  'step.entered': (view, { step }, at) => ({
    steps: withStep({ ...view, steps: sinceAgain(view, step) }, step, () => ({
      state: 'running',
      because: [],
      touched: false,
      startedAt: at,
      endedAt: null,
      undrivenMs: 0,
    })),
  }),
  'step.skipped': (view, { step, because }, at) => ({
    steps: withStep(view, step, () => ({ state: 'skipped', because: [because], startedAt: at, endedAt: at })),
  }),
  'step.done': (view, { step }, at) => ({
    steps: withStep(view, step, ({ touched }) => ({ state: touched ? 'done' : 'skipped', stage: null, endedAt: at })),
  }),
  'stage.entered': (view, { place, title }) => ({
    ...released(view),
    steps: atPlace(view, place, ({ state }) => ({ stage: title, state: state === 'pending' ? 'running' : state })),
  }),
  looked: () => ({}),
  judged: (view, { place, waitingFor, because, deadlineMs }, at) => ({
    waiting:
      waitingFor === null
        ? null
        : {
            place,
            for: waitingFor,
            because,
            since: view.waiting?.place === place ? view.waiting.since : at,
            deadlineMs: deadlineMs ?? 0,
          },
  }),
  silent: (_view, { place, fault }, at) => {
    const host = fault.details['host']
    return {
      waiting: {
        place,
        for: `${typeof host === 'string' ? host : 'a host'} to answer`,
        because: [fault.code],
        since: at,
        deadlineMs: 0,
      },
    }
  },
  learnt: (view, { learn }) => ({ memory: { ...view.memory, ...learn } }),
  intended: (view, { effect, what, host }, at) => ({
    ...released(view),
    acts: [...view.acts, { effect, what, host, at, end: 'under way' }],
  }),
  acted: (view, { effect, end }) => ({ acts: withAct(view.acts, effect, end === 'in-doubt' ? 'in doubt' : end) }),
  settled: (view, { effect }) => ({ acts: withAct(view.acts, effect, 'settled') }),
  'approval.wanted': (_view, { place, what, because, anotherPerson }, at) => ({
    state: 'approval',
    waiting: null,
    approval: { place, what, because, anotherPerson, since: at },
  }),
  held: (view, { place, fault, because, options, skippable }, at) => ({
    state: 'held',
    waiting: null,
    held: { place, fault, because, options, skippable, since: at },
    steps: atPlace(view, place, () => ({ state: 'held' })),
  }),
  decided: (view, event, at) => {
    const { decision, by, reason, option, place } = event
    const decisions = [...view.decisions, { at, decision, by, reason, option, place }]
    if (decision === 'take-over')
      return {
        decisions,
        owner: null,
        undriven: { ...view.undriven, since: view.undriven.since ?? view.changedAt },
        state: view.state === 'running' ? 'stopped' : view.state,
      }
    return {
      ...released(view),
      decisions,
      steps: atPlace(view, place, ({ state }) => ({ state: state === 'held' ? 'running' : state })),
    }
  },
  'stage.done': (view, { place, because, skipped }) => ({
    ...released(view),
    steps: atPlace(view, place, (step) => withEvidence(step, because, skipped)),
  }),
  ending: (view, { outcome, because, fault }, at) => {
    const broken = outcome === 'failed' || outcome === 'aborted'
    const steps = view.steps.map((step) =>
      broken && (step.state === 'running' || step.state === 'held') ? { ...step, state: 'failed' as const, endedAt: at } : step,
    )
    return { ...released(view), ending: { outcome, because, fault }, steps }
  },
  'run.ended': (view, { outcome }, at) => ({
    state: 'ended',
    outcome,
    owner: null,
    waiting: null,
    steps: withStep(view, 'restoring', ({ touched }) => ({ state: touched ? 'done' : 'skipped', endedAt: at })),
  }),
}

/** The view after one more line. Pure; the same lines always give the same view. */
export function fold(view: RunView, line: Stamped): RunView {
  const apply = folds[line.event.type] as Fold<Kind>
  const after = { ...view, changedAt: line.at, lines: line.seq, head: line.hash, ...apply(view, line.event, line.at) }
  return endedUndriven(view, after, line.at)
}
