import { expect, test } from '@jest/globals'
import { emptyView } from '../../src/procedure/view-changes.ts'
import { evidenceOf } from '../../src/ui/cli/screens/evidence.ts'

test('a step that failed says by which fault, not what went well before it', () => {
  const view = emptyView('8k2mz')
  const [first] = view.steps
  if (first === undefined) throw new Error('a run has steps')
  const step = { ...first, step: 'verify' as const, state: 'failed' as const, because: ['2 canaries stream W11-Office'] }
  const ending = {
    outcome: 'failed' as const,
    because: 'going on cannot be right',
    fault: { code: 'DUPLICATE_CMID' as const, details: {} },
  }
  expect(evidenceOf(step, { ...view, ending })).toBe('DUPLICATE_CMID')
  expect(evidenceOf(step, { ...view, ending: { ...ending, fault: null } })).toBe('going on cannot be right')
})
