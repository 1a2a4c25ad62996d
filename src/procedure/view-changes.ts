import { STEPS, type StepName } from '../workflow/plan.ts'
import { emptyMemory } from './memory.ts'
import type { ActView, RunView, StepView } from './run-view.ts'

/** A run of which nothing is known yet. */
export function emptyView(run: string): RunView {
  return {
    run,
    title: run,
    plan: null,
    state: 'running',
    outcome: null,
    ending: null,
    startedBy: null,
    startedAt: 0,
    changedAt: 0,
    owner: null,
    undriven: { since: null, ms: 0 },
    steps: STEPS.map(pending),
    waiting: null,
    held: null,
    approval: null,
    acts: [],
    decisions: [],
    memory: emptyMemory,
    lines: 0,
    head: '',
  }
}

function pending(step: StepView['step']): StepView {
  return { step, state: 'pending', because: [], touched: false, stage: null, startedAt: null, endedAt: null, undrivenMs: 0 }
}

/** The steps with one changed; putting back joins the list when it begins. */
export function withStep(
  view: RunView,
  name: StepView['step'],
  change: (step: StepView) => Partial<StepView>,
): readonly StepView[] {
  const steps = view.steps.some((step) => step.step === name) ? view.steps : [...view.steps, pending(name)]
  return steps.map((step) => (step.step === name ? { ...step, ...change(step) } : step))
}

/** The steps with the one changed that a place of the chart belongs to. */
export function atPlace(view: RunView, place: string, change: (step: StepView) => Partial<StepView>): readonly StepView[] {
  return withStep(view, (place.split('.')[0] ?? '') as StepName, change)
}

/** The steps when one is begun again (after a lost rearm): what was done since its first beginning is to be done anew. */
export function sinceAgain({ steps }: RunView, name: StepView['step']): readonly StepView[] {
  const first = steps.find(({ step }) => step === name)?.startedAt ?? null
  if (first === null) return steps
  return steps.map((step) => ((step.startedAt ?? first - 1) >= first ? pending(step.step) : step))
}

/** Evidence of the stages that did something; until one has, why the last of them was left out. */
export function withEvidence(step: StepView, because: readonly string[], skipped: boolean): Partial<StepView> {
  if (skipped) return step.touched ? {} : { because }
  return { because: step.touched ? [...step.because, ...because] : because, touched: true, state: 'running' }
}

/** Somebody drives the run again. One that died left no word: its last line is the last that is known of it. */
export function drivenAgain({ undriven, changedAt, steps }: RunView, at: number): Pick<RunView, 'undriven' | 'steps'> {
  const since = undriven.since ?? changedAt
  return {
    undriven: { since: null, ms: undriven.ms + at - since },
    steps: steps.map((step) => (step.endedAt === null ? withGap(step, since, at) : step)),
  }
}

/** A step that was under way while nobody drove the run from `since` to `at`. */
function withGap(step: StepView, since: number, at: number): StepView {
  return step.startedAt === null
    ? step
    : { ...step, undrivenMs: step.undrivenMs + Math.max(0, at - Math.max(since, step.startedAt)) }
}

/** The view after a line that ended steps while nobody drove the run, as a decision does. */
export function endedUndriven({ undriven: { since }, steps }: RunView, after: RunView, at: number): RunView {
  if (since === null || after.steps === steps) return after
  const open = new Set(steps.filter(({ endedAt }) => endedAt === null).map(({ step }) => step))
  const ends = (step: StepView) => step.endedAt !== null && open.has(step.step)
  return { ...after, steps: after.steps.map((step) => (ends(step) ? withGap(step, since, at) : step)) }
}

/** Nothing is waited for any more. After a decision about a run that nobody drives, somebody has to take it up. */
export function released(view: RunView): Pick<RunView, 'held' | 'approval' | 'waiting' | 'state'> {
  const undriven = view.owner === null && view.state !== 'running' ? 'stopped' : 'running'
  return { held: null, approval: null, waiting: null, state: view.state === 'ended' ? 'ended' : undriven }
}

/** The acts with the end of one of them. */
export function withAct(acts: readonly ActView[], effect: string, end: ActView['end']): readonly ActView[] {
  return acts.map((act) => (act.effect === effect ? { ...act, end } : act))
}
