import type { Plan } from '../../workflow/plan.ts'
import type { Files } from '../../workflow/reading.ts'

/** Whether a plan is for a simulated farm whose folder went with it: such a run cannot go on. */
export function labHasEnded({ source }: Pick<Plan, 'source'>, files: Files): boolean {
  return source.simulated === true && files.read(source.inventory, 0).is === 'missing'
}
