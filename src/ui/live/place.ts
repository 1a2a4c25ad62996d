import type { StepView } from '../../procedure/run-view.ts'
import type { Stage } from '../../procedure/stage.ts'
import { stageAt } from '../../procedure/stages.ts'

/** The step that a place of the chart belongs to. */
export function stepOf(place: string): StepView['step'] {
  return (place.split('.')[0] ?? '') as StepView['step']
}

/** The stage at a place; null for one that only an earlier chart had: its journals can still be looked at. */
export function stageOf(place: string): Stage | null {
  try {
    return stageAt(place)
  } catch {
    return null
  }
}
