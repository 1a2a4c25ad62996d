import { describe, expect, test } from '@jest/globals'
import { chart, CHART_VERSION } from '../../src/procedure/chart/chart.ts'
import { freshStage } from '../../src/procedure/chart/context.ts'
import { emptyMemory } from '../../src/procedure/memory.ts'
import { chartStamp, stampOf } from '../../src/engine/snapshot.ts'

type Part = Record<string, unknown>

/** The chart's text with one transition list changed; `always` and `on` are what XState's own definition leaves out or shows only in part. */
function changed(change: (judging: Part) => unknown): unknown {
  const part = (of: unknown, name: string) => (of as Part)[name] as Part
  const replace = (of: Part, path: readonly string[]): Part => {
    const [name, ...rest] = path
    return name === undefined ? { ...of, always: change(of) } : { ...of, [name]: replace(part(of, name), rest) }
  }
  const path = ['states', 'rearmWindows', 'states', 'rearmWindows', 'states', 'looking', 'states', 'judging']
  return replace(chart.config, path)
}

const alwaysOf = (judging: Part) => judging['always'] as readonly Part[]

describe('the stamp of a chart', () => {
  test('is that of this chart', () => {
    expect(chartStamp).toBe(stampOf(CHART_VERSION, chart.config))
    expect(stampOf(CHART_VERSION, changed(alwaysOf))).toBe(chartStamp)
  })

  test.each<[string, (judging: Part) => unknown]>([
    [
      'a guard of an eventless transition',
      (judging) => alwaysOf(judging).map((one, n) => (n === 1 ? { ...one, guard: 'isFail' } : one)),
    ],
    ['its target', (judging) => alwaysOf(judging).map((one, n) => (n === 3 ? { ...one, target: 'probing' } : one))],
    [
      'its actions',
      (judging) => alwaysOf(judging).map((one, n) => (n === 8 ? { ...one, actions: alwaysOf(judging)[1]?.['actions'] } : one)),
    ],
    ['their order', (judging) => alwaysOf(judging).toReversed()],
    ['one of them left out', (judging) => alwaysOf(judging).slice(1)],
  ])('is another with %s', (_what, change) => {
    expect(stampOf(CHART_VERSION, changed(change))).not.toBe(chartStamp)
  })

  test('is another where a run remembers one thing more: an older snapshot has no such field', () => {
    const kept = { memory: { ...emptyMemory, more: null }, stage: freshStage('') }
    expect(stampOf(CHART_VERSION, chart.config, kept)).not.toBe(chartStamp)
    expect(stampOf(CHART_VERSION, chart.config, { ...kept, memory: emptyMemory })).toBe(chartStamp)
  })

  test('is another in another version', () => {
    expect(stampOf(CHART_VERSION + 1, chart.config)).not.toBe(chartStamp)
  })
})
