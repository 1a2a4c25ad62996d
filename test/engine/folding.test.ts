import { expect, test } from '@jest/globals'
import type { RunEvent } from '../../src/procedure/events.ts'
import { maria, plan, viewOf } from './standing.ts'

const PLACE = 'rearmWindows.rearmWindows'
const begun: readonly RunEvent[] = [
  { type: 'run.started', plan, by: maria, version: 'test' },
  { type: 'owner.claimed', owner: 'one', by: maria, fence: 1, resumed: false },
]
const held: RunEvent = {
  type: 'held',
  place: PLACE,
  fault: { code: 'REARM_LOST', details: {} },
  because: [],
  options: [],
  skippable: false,
}
const retried: RunEvent = { type: 'decided', place: PLACE, decision: 'retry', by: maria, reason: null, option: null }
const view = (...events: readonly RunEvent[]) =>
  viewOf([...begun, ...events].map(({ type, ...body }, at) => ({ type, at: at + 1, body })))

test('a decided run that nobody drives is stopped, not running, until somebody takes it up', () => {
  const left = view(held, { type: 'owner.left', owner: 'one', why: 'waiting' }, retried, {
    type: 'stage.entered',
    place: PLACE,
    title: 'again',
  })
  expect(left.state).toBe('stopped')
  expect(
    view(held, { type: 'owner.left', owner: 'one', why: 'waiting' }, retried, { ...begun[1], resumed: true } as RunEvent).state,
  ).toBe('running')
  expect(view(held, retried).state).toBe('running')
})

const proved = (place: string): RunEvent => ({ type: 'stage.done', place, because: ['seen'], skipped: false })
const leftOut = (place: string): RunEvent => ({ type: 'stage.done', place, because: ['no use for it'], skipped: true })

test('a step is running until it ends, also while nothing of it was of use; then it is skipped, with the reason', () => {
  const begun5: readonly RunEvent[] = [
    { type: 'step.entered', step: 'rearmWindows', because: '' },
    leftOut('rearmWindows.readyToRearm'),
  ]
  const of = (...events: readonly RunEvent[]) => view(...events).steps.find(({ step }) => step === 'rearmWindows')
  expect(of(...begun5)?.state).toBe('running')
  expect(of(...begun5, { type: 'step.done', step: 'rearmWindows' })).toMatchObject({
    state: 'skipped',
    because: ['no use for it'],
  })
  const both = of(...begun5, proved(PLACE), { type: 'step.done', step: 'rearmWindows' })
  expect(both).toMatchObject({ state: 'done', because: ['seen'] })
})

test('a step that is begun again takes back what was done since its first beginning', () => {
  const entered = (step: 'activateWindows' | 'rearmWindows' | 'createVDisk'): RunEvent => ({
    type: 'step.entered',
    step,
    because: '',
  })
  const done = (step: 'activateWindows' | 'rearmWindows' | 'createVDisk'): RunEvent => ({ type: 'step.done', step })
  const steps = view(
    entered('createVDisk'),
    proved('createVDisk.proveBoot'),
    done('createVDisk'),
    entered('activateWindows'),
    done('activateWindows'),
    entered('rearmWindows'),
    held,
    retried,
    entered('activateWindows'),
  ).steps
  const states = Object.fromEntries(steps.map(({ step, state }) => [step, state]))
  expect(states).toMatchObject({ createVDisk: 'done', activateWindows: 'running', rearmWindows: 'pending' })
})
