import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { sameBoot } from '../../src/procedure/reboots.ts'

const BOOT = Date.parse('2026-11-02T08:00:00Z')
const [GUID, OTHER] = ['11111111-0000-4000-8000-000000000001', '22222222-0000-4000-8000-000000000002']
const at = (ms: number) => new Date(BOOT + ms).toISOString()
const now = (guid: string, ms: number) => ({ guid, lastBootUpTime: at(ms), hiberbootEnabled: false, hibernationEnabled: false })
const mark = { guid: GUID, lastBootUpTime: at(0) }

describe('whether the target was rebooted', () => {
  test('both signs have to agree; one alone is unclear', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.integer({ min: -86_400_000, max: 86_400_000 }), (sameGuid, drift) => {
        const verdict = sameBoot(mark, now(sameGuid ? GUID : OTHER, drift)).is
        const sameTime = Math.abs(drift) <= 120_000
        expect(verdict).toBe(sameGuid === sameTime ? (sameGuid ? 'same' : 'rebooted') : 'unclear')
      }),
    )
  })

  test('a correction of the clock by two minutes is no reboot', () => {
    expect(sameBoot(mark, now(GUID, 119_000))).toEqual({ is: 'same' })
  })
})
