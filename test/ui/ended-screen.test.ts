import { expect, test } from '@jest/globals'
import type { RunView } from '../../src/procedure/run-view.ts'
import { emptyView } from '../../src/procedure/view-changes.ts'
import { runScreen } from '../../src/ui/cli/screens/run.ts'

const screen = { width: 200, paint: (_style: unknown, text: string) => text }
const ENDED = Date.parse('2026-10-17T22:15:00Z')
const fresh = emptyView('ffg74')
const clone = {
  ...{ canary: 'W11-T01', cmid: 'c1', officeCmids: [], status: 1, kms: 'kms1.hq:1688', count: 45 },
  answered: '2026-10-17T22:11:00Z',
}
const view = {
  ...fresh,
  ...{ state: 'ended', outcome: 'verified', changedAt: ENDED },
  ending: { outcome: 'verified', because: 'two canaries drew distinct CMIDs', fault: null },
  plan: { source: { file: 'w11.yaml' }, farm: { name: 'HQ' }, vdisk: { store: 'S' }, scenario: 'verify-only' },
  memory: { ...fresh.memory, clones: [clone] },
} as unknown as RunView

const told = (one: RunView, asOf?: number) => runScreen(one, ENDED, screen, asOf === undefined ? {} : { asOf }).join('\n')

test('a run that ended weeks ago says on which day, how long ago, and what looks again; its times bear their day', () => {
  const text = told(view, ENDED + 36.5 * 86_400_000)
  expect(text).toMatch(/^VERIFIED {2}on 2026-10-17, 36 days ago: two canaries drew distinct CMIDs$/m)
  expect(text).toContain('2026-10-17 22:15 UTC: this tells of that day, and of nothing since')
  expect(text).toContain('licensed by kms1.hq:1688 at 2026-10-17 22:11 UTC')
  expect(text).toMatch(/Next: {2}vdiskprep verify w11\.yaml {3}looks again/)
})

test.each([
  [90_000, '1 minute ago', ' at 22:11 UTC'],
  [90 * 60_000, '1 hour ago', ' at 22:11 UTC'],
  [49 * 3_600_000, '2 days ago', ' at 2026-10-17 22:11 UTC'],
])('%d ms after its end it is %s, and licensed%s', (ms, ago, licensed) => {
  const day = ENDED - 4 * 3_600_000
  const text = told({ ...view, changedAt: day }, day + ms)
  expect(text).toContain(`, ${ago}: `)
  expect(text).toContain(licensed)
})

test('of a failed run the doctor looks again, of a sealed one the drift is told; a run that has just been driven has no age', () => {
  const failed = { ...view, outcome: 'failed', ending: { outcome: 'failed', because: 'x', fault: null } } as RunView
  expect(told(failed, ENDED)).toMatch(/Next: {2}vdiskprep doctor w11\.yaml {3}looks again; changes nothing/)
  const sealed = { ...view, memory: { ...view.memory, sealed: { at: 'x', diskGuid: 'g' } } }
  expect(told(sealed, ENDED)).toContain('vdiskprep verify w11.yaml --since')
  expect(told(view)).toMatch(/^VERIFIED {2}two canaries/m)
})
