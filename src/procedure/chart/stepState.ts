import type { StepName } from '../../workflow/plan.ts'
import { stageAt, stagesOf } from '../stages.ts'
import { actions, base } from './setup.ts'
import { stageState } from './stageState.ts'

/** The state by which a stage is come to: its own, or the one that passes by where a plan has no use for it. */
export function wayInto(step: keyof typeof stagesOf, name: string): string {
  return stageAt(`${step}.${name}`).wanted === null ? name : `choosing${name.slice(0, 1).toUpperCase()}${name.slice(1)}`
}

/** Stages of a step one after the other; the last leads to `over`. */
export function stagesInOrder(step: keyof typeof stagesOf, names: readonly string[], over: string) {
  const states: Record<string, ReturnType<typeof stageState> | ReturnType<typeof passing>> = {}
  for (const [index, name] of names.entries()) {
    const place = `${step}.${name}`
    const next = names[index + 1]
    const after = next === undefined ? over : `#${step}.${wayInto(step, next)}`
    if (stageAt(place).wanted !== null) states[wayInto(step, name)] = passing(place, name, after)
    states[name] = stageState(place, after)
  }
  return states
}

/** A stage that this plan has no use for is passed by without a word. */
function passing(place: string, name: string, over: string) {
  return base.createStateConfig({
    description: `is it wanted: ${stageAt(place).title}`,
    always: [{ guard: { type: 'stageWanted', params: { place } }, target: name }, { target: over }],
  })
}

/** A step of the procedure: left out when the scenario has no use for it, else its stages in order. */
export function stepState(step: StepName) {
  const names = stagesOf[step].map((stage) => stage.name)
  const first = names[0] === undefined ? 'over' : wayInto(step, names[0])
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
