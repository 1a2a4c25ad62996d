import type { AnyStateMachine } from 'xstate'
import { chart } from '../../../src/procedure/chart/chart.ts'
import { freshContext } from '../../../src/procedure/chart/context.ts'
import { judge } from '../../../src/procedure/chart/moves.ts'
import { actions, base } from '../../../src/procedure/chart/setup.ts'
import { stageAt } from '../../../src/procedure/stages.ts'
import { ANY, type Finding } from './verdicts.ts'

/** A state of the chart as it was written down: what a planted fault changes. */
export interface Written {
  id?: string
  initial?: string
  entry?: unknown
  always?: unknown
  onDone?: unknown
  on: Record<string, unknown>
  after: Record<string, unknown>
  invoke: Record<string, unknown>
  states: Record<string, Written>
}

/** The judge of the walk: a verdict that any judge might give comes with the facts, else the stage's own judge gives it. */
const judgeAsFound = base.enqueueActions(({ context, event, enqueue }) => {
  const { verdict, now, missing, facts } = (event as unknown as { readonly output: Finding }).output
  const stage = stageAt(context.stage.place)
  const { change, tell } = judge(context, { now, missing }, facts === ANY ? { ...stage, judge: () => verdict } : stage)
  enqueue.assign(change)
  for (const news of tell) enqueue.emit(news)
})

/** The chart with the verdicts of the walk, with a fault planted when there is one. */
export function walkedChart(plant?: (written: Written) => void): AnyStateMachine {
  const written = copied(chart.config) as Written & { context: unknown }
  written.context = begin
  plant?.(written)
  return base.createMachine(written as never) as unknown as AnyStateMachine
}

/** XState makes an actor without input for every pure transition and forgets that its context failed: a made error spares the making. */
function begin({ input }: { readonly input: Parameters<typeof freshContext>[0] | undefined }) {
  if (input === undefined) throw WITHOUT_INPUT
  return freshContext(input)
}

const WITHOUT_INPUT = new Error('no input')

function copied(part: unknown): unknown {
  if (part === actions.judge) return judgeAsFound
  if (Array.isArray(part)) return part.map(copied)
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, copied(one)]))
}
