import type { StepName } from '../../workflow/plan.ts'
import { stagesOf } from '../stages.ts'
import { actions, base } from './setup.ts'
import { stageState } from './stageState.ts'

/** Stages of a step one after the other; the last leads to `over`. */
export function stagesInOrder(step: keyof typeof stagesOf, names: readonly string[], over: string) {
  return Object.fromEntries(
    names.map((name, index) => {
      const next = names[index + 1]
      return [name, stageState(`${step}.${name}`, next === undefined ? over : `#${step}.${next}`)]
    }),
  )
}

/** A step of the procedure: left out when the scenario has no use for it, else its stages in order. */
export function stepState(step: StepName) {
  const names = stagesOf[step].map((stage) => stage.name)
  const first = names[0] ?? 'over'
  return base.createStateConfig({
    id: step,
    initial: 'choosing',
    states: {
      choosing: {
        always: [
          { guard: { type: 'stepNeeded', params: { step } }, target: first, actions: actions.enterStep(step) },
          { target: 'left', actions: actions.skipStep(step) },
        ],
      },
      ...stagesInOrder(step, names, `#${step}.over`),
      over: { type: 'final', entry: actions.leaveStep(step) },
      left: { type: 'final' },
    },
  })
}
