import { stepDrivenMs } from '../../procedure/driven.ts'
import type { RunView, StepView } from '../../procedure/run-view.ts'
import type { StepName } from '../../workflow/plan.ts'

/** How long each step took before, in milliseconds of farm time, and in how many runs that was seen. */
export interface Expected {
  readonly runs: number
  readonly of: 'vDisk' | 'scenario' | null
  readonly steps: Readonly<Partial<Record<StepView['step'], number>>>
}

/** Nothing is known of earlier runs. */
export const nothingExpected: Expected = { runs: 0, of: null, steps: {} }

/** What earlier runs say of this one: the medians of those of the same vDisk and scenario, else of the scenario alone. A step counts where it
 *  was done without a person: how long people think says nothing. */
export function expectedOf(view: RunView, earlier: readonly RunView[]): Expected {
  const alike = earlier.filter((one) => one.run !== view.run && kindOf(one) === kindOf(view) && one.state === 'ended')
  const same = alike.filter((one) => one.title === view.title)
  const chosen = same.length > 0 ? same : alike
  if (chosen.length === 0) return nothingExpected
  const took = new Map<StepView['step'], number[]>()
  for (const one of chosen)
    for (const step of one.steps) {
      const { state, startedAt, endedAt } = step
      if (state !== 'done' || startedAt === null || endedAt === null) continue
      if (one.decisions.some(({ at }) => at >= startedAt && at <= endedAt)) continue
      took.set(step.step, [...(took.get(step.step) ?? []), stepDrivenMs(one, step, endedAt) ?? 0])
    }
  const steps = Object.fromEntries([...took].map(([step, times]) => [step, median(times)]))
  return { runs: chosen.length, of: same.length > 0 ? 'vDisk' : 'scenario', steps }
}

/** What makes runs take alike: the scenario, and whether clones are hurried to their KMS host. */
function kindOf({ plan }: RunView): string {
  return `${String(plan?.scenario)} ${String(plan?.verify.expedite)}`
}

/** The longest that a step's looks and waits may last by its plan: what can be said without an earlier run. */
export function limitOf({ plan }: RunView, step: StepView['step']): number | null {
  if (plan === null || step === 'restoring') return null
  return step === 'verify' ? plan.verify.deadlineMs : plan.policy[step satisfies StepName].deadlineMs
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
