import { expect, test } from '@jest/globals'
import { traceOf } from '../../src/notify/trace.ts'
import type { RunEvent } from '../../src/procedure/events.ts'
import { fold, type Stamped } from '../../src/procedure/fold.ts'
import { emptyView } from '../../src/procedure/view-changes.ts'
import { healthy } from '../diagnosis/healthy-look.ts'

const by = { login: 'maria', host: 'ops1', claim: null }
const place = 'rearmWindows.rearmWindows'
const fault = { code: 'REARM_NO_OP', details: {} } as const
const EVENTS: readonly RunEvent[] = [
  { type: 'run.started', plan: healthy().plan, by, version: 'test' },
  { type: 'step.skipped', step: 'cleanTokens', because: 'Office keeps its licences' },
  { type: 'step.entered', step: 'rearmWindows', because: 'wanted' },
  { type: 'intended', place, effect: 'e1', what: 'rearm Windows', host: 'W11', op: 'Invoke-VdpWindowsRearm', args: {} },
  { type: 'acted', place, effect: 'e1', end: 'in-doubt', fault: null, facts: null },
  { type: 'held', place, fault, because: [], options: [], skippable: false },
  { type: 'decided', place, decision: 'mark-done', by, reason: 'seen', option: null },
  { type: 'stage.done', place, because: ['count 3 -> 2'], skipped: false },
  { type: 'step.done', step: 'rearmWindows' },
  { type: 'run.ended', outcome: 'verified' },
]
const lines: readonly Stamped[] = EVENTS.map((event, index) => ({
  run: '8k2',
  seq: index + 1,
  at: 1000 * index,
  hash: 'h',
  event,
}))
const view = lines.reduce(fold, emptyView('8k2'))

test('a run is one trace: its steps below it, its acts below their steps, holds and decisions as its events', () => {
  const told = traceOf(view, lines, '1.0') as { resourceSpans: [{ scopeSpans: [{ spans: Record<string, unknown>[] }] }] }
  const [run, step, act, ...more] = told.resourceSpans[0].scopeSpans[0].spans
  expect(more).toEqual([])
  expect(run).toMatchObject({
    startTimeUnixNano: '0',
    endTimeUnixNano: '9000000000',
    status: { code: 1 },
    events: [
      { name: 'held', timeUnixNano: '5000000000' },
      { name: 'decided', timeUnixNano: '6000000000' },
    ],
  })
  expect(step).toMatchObject({
    traceId: run?.['traceId'],
    parentSpanId: run?.['spanId'],
    name: 'rearmWindows',
    startTimeUnixNano: '2000000000',
    endTimeUnixNano: '8000000000',
    status: { code: 1 },
  })
  expect(act).toMatchObject({
    parentSpanId: step?.['spanId'],
    name: 'rearm Windows',
    startTimeUnixNano: '3000000000',
    endTimeUnixNano: '4000000000',
    status: { code: 2 },
    attributes: expect.arrayContaining([{ key: 'end', value: { stringValue: 'in-doubt' } }]) as unknown,
  })
  expect(traceOf(view, lines, '1.0')).toEqual(told)
})
