import type { Composition } from '../../compose.ts'
import type { Clock } from '../../engine/ports/clock.ts'
import type { Plan } from '../../workflow/plan.ts'
import { validateFile } from '../../workflow/read-workflow.ts'

/** The farm's time of a run. Its inventory only tells how fast that runs: a decision may be made where it cannot be read. */
export function clockOfRun(plan: Plan, composition: Composition): Clock {
  return composition.farmClock(validateFile(plan.source.inventory, composition.files).inventory)
}
