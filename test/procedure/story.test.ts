import { expect, test } from '@jest/globals'
import { sentenceOf } from '../../src/procedure/story.ts'

test('the story of a run that failed names the fault', () => {
  const fault = { code: 'DUPLICATE_CMID' as const, details: { canaries: ['T1', 'T2'], cmid: 'a0ed3932' } }
  const event = { type: 'ending' as const, outcome: 'failed' as const, because: 'going on cannot be right', fault }
  const line = { run: '8k2mz', seq: 1, at: 0, hash: '', event }
  expect(sentenceOf(line)).toBe('ending: failed: DUPLICATE_CMID: T1, T2 share the CMID a0ed3932.')
  expect(sentenceOf({ ...line, event: { ...event, fault: null } })).toBe('ending: failed: going on cannot be right')
  const unknown = { ...event, fault: { code: 'OF_ANOTHER_VERSION' as 'INTERNAL', details: {} } }
  expect(sentenceOf({ ...line, event: unknown })).toBe('ending: failed: OF_ANOTHER_VERSION')
})
