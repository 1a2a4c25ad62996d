import type { Mend, Plan } from './plan.ts'

/** The plan of a run that mends one finding of the doctor on the same vDisk and does nothing else: no hooks, no release. What the workflow
 *  wants approved stays. */
export function mendingOf(plan: Plan, mend: Mend): Plan {
  return { ...plan, title: `${plan.title}, mend ${mend.check}`, hooks: {}, mend }
}
