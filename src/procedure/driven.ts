import type { RunView, StepView } from './run-view.ts'

type Undriven = Pick<RunView, 'undriven' | 'changedAt'>

/** When the work on a run stopped as far as the journal tells: nobody has driven it since, or it ended; else `now`. */
function workedUntil({ undriven, changedAt, state }: Undriven & Pick<RunView, 'state'>, now: number): number {
  return undriven.since ?? (state === 'ended' ? changedAt : Math.max(now, changedAt))
}

/** For how long a run was worked on until `now`, in milliseconds of farm time: neither the night in which nobody drove it counts nor the time
 *  that people took to decide. */
export function drivenMs(view: Undriven & Pick<RunView, 'state' | 'startedAt'>, now: number): number {
  return Math.max(0, workedUntil(view, now) - view.startedAt - view.undriven.ms)
}

/** The same for one of its steps; null for one that has not begun. */
export function stepDrivenMs(
  view: Undriven & Pick<RunView, 'state'>,
  step: Pick<StepView, 'startedAt' | 'endedAt' | 'undrivenMs'>,
  now: number,
): number | null {
  if (step.startedAt === null) return null
  return Math.max(0, (step.endedAt ?? workedUntil(view, now)) - step.startedAt - step.undrivenMs)
}
