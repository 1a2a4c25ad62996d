import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readyToRearm } from '../../src/procedure/steps/rearm/readyToRearm.ts'
import { rearmWindows } from '../../src/procedure/steps/rearm/rearmWindows.ts'
import type { WindowsLicense } from '../../src/wire/operations/target-state.ts'
import { known } from '../../src/wire/reading.ts'
import { healthy } from '../diagnosis/healthy-look.ts'
import { judged } from './sight.ts'

const CMID = '5d2f0000-0000-4000-8000-0000000091c0'
const OTHER = '77777777-0000-4000-8000-000000000001'
const REARMED = { answers: false, code: '0xC004D302', message: 'the trusted data store was rearmed' } as const

function looking(change: Partial<WindowsLicense> = {}) {
  const { target } = healthy()
  return {
    target: { ...target, windowsLicense: { ...target.windowsLicense, cmid: CMID, rearmsLeft: 3, skipRearm: null, ...change } },
  }
}
const before = { queryAnswered: true, cmid: CMID, left: 3 }
const begun = { key: 'rearm-windows', baseline: before }
const unread = { unknown: 'access denied' }
const anyLicence = fc.record({
  query: fc.constantFrom({ answers: true } as const, REARMED, { answers: false, code: '0xC004E015', message: '' } as const),
  cmid: fc.constantFrom(CMID, OTHER, null, unread),
  rearmsLeft: fc.oneof(fc.integer({ min: 0, max: 1001 }), fc.constant(4294967295), fc.constant(unread)),
  skipRearm: fc.constantFrom(0, 1, null, unread),
})

describe('step 5, rearm Windows', () => {
  test('a rearm that was begun is never asked for again, whatever the facts are', () => {
    fc.assert(
      fc.property(anyLicence, fc.constantFrom('ended' as const, 'failed' as const, 'unfinished' as const), (licence, receipt) => {
        const verdict = judged(rearmWindows, {
          now: looking(licence),
          intent: begun,
          end: { is: 'settled', receipt, result: null },
        })
        expect(['done', 'hold', 'unknown']).toContain(verdict.is)
      }),
    )
  })

  test('is spent only when every fact that decides was read and allows it', () => {
    fc.assert(
      fc.property(anyLicence, (licence) => {
        const verdict = judged(rearmWindows, { now: looking(licence) })
        const { query, cmid, rearmsLeft, skipRearm } = licence
        const countable = typeof rearmsLeft === 'number' && rearmsLeft >= 1 && rearmsLeft <= 1001
        const allowed = query.answers && known(cmid) && countable && (skipRearm === null || skipRearm === 0)
        expect(verdict.is === 'act').toBe(allowed)
      }),
    )
  })

  test('lets nothing be spent before it that it would then refuse', () => {
    const ready = readyToRearm('rearmOffice')
    const answers = fc.sample(anyLicence, { numRuns: 300, seed: 1 }).map((licence) => {
      const now = { ...healthy(), ...looking(licence) }
      return [judged(ready, { now }).is, judged(rearmWindows, { now }).is] as const
    })
    const allowed = answers.filter(([before]) => before === 'done' || before === 'act')
    expect(allowed.length).toBeGreaterThan(0)
    for (const [, then] of allowed) expect(then).toBe('act')
  })

  test('the service that answered before and answers 0xC004D302 now was rearmed', () => {
    expect(
      judged(rearmWindows, { now: looking({ query: REARMED, cmid: unread, rearmsLeft: unread }), intent: begun }),
    ).toMatchObject({ is: 'done' })
  })

  test('a counter that fell or a CMID that changed shows it too', () => {
    expect(judged(rearmWindows, { now: looking({ rearmsLeft: 2 }), intent: begun })).toMatchObject({
      is: 'done',
      because: ['the counter fell: 3 -> 2'],
    })
    expect(judged(rearmWindows, { now: looking({ cmid: OTHER }), intent: begun })).toMatchObject({
      is: 'done',
      because: ['the CMID changed'],
    })
  })

  test('success without any change is no success', () => {
    expect(judged(rearmWindows, { now: looking(), intent: begun, end: { is: 'answered', facts: {} } })).toMatchObject({
      is: 'hold',
      fault: { code: 'REARM_NO_OP' },
    })
  })

  test('SkipRearm holds before anything is spent, and is removed only by a decision', () => {
    const now = looking({ skipRearm: 1 })
    expect(judged(rearmWindows, { now })).toMatchObject({ is: 'hold', fault: { code: 'SKIP_REARM_SET' } })
    expect(judged(rearmWindows, { now, granted: ['remove-skip-rearm'] })).toMatchObject({
      is: 'act',
      act: { ask: { op: 'Clear-VdpSkipRearm' } },
    })
  })

  test('a store that is rearmed already, before any act of ours, holds by its own name', () => {
    expect(judged(rearmWindows, { now: looking({ query: REARMED }) })).toMatchObject({
      is: 'hold',
      fault: { code: 'STORE_ALREADY_REARMED' },
    })
    const office = { cmidBefore: null, rearmsBefore: 5, rearmed: true, keys: [] }
    expect(judged(rearmWindows, { now: looking({ query: REARMED }), memory: { office } })).toMatchObject({
      fault: { code: 'STORE_LOCKED_AFTER_OFFICE' },
    })
  })

  test('no rearm left is told with the only cure that is one', () => {
    expect(judged(rearmWindows, { now: looking({ rearmsLeft: 0 }) })).toMatchObject({
      is: 'hold',
      fault: { code: 'REARM_EXHAUSTED' },
    })
  })

  test('the intent opens the no-reboot window with the boot it was seen in', () => {
    const { boot } = healthy().target
    expect(judged(rearmWindows, { now: looking() })).toMatchObject({
      is: 'act',
      learn: { window: { guid: boot.guid, lastBootUpTime: boot.lastBootUpTime } },
    })
  })
})
