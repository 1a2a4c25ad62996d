import { describe, expect, test } from '@jest/globals'
import { stepNeed } from '../../src/procedure/scenarios.ts'
import { SCENARIOS, STEPS, type Plan, type Scenario } from '../../src/workflow/plan.ts'

const planOf = (scenario: Scenario, present: 'auto' | 'none' = 'auto') =>
  ({ scenario, office: { present, keys: {}, rearm: 'auto' }, seal: { licenseMode: 2 } }) as unknown as Plan

describe('which steps a scenario runs', () => {
  test.each(['new-base-image', 'update-image', 'maintenance-version', 'repair-activation'] as const)(
    '%s runs all',
    (scenario) => {
      expect(STEPS.filter((step) => !stepNeed(planOf(scenario), step).needed)).toEqual([])
    },
  )

  test('verify-only looks at clones and releases nothing', () => {
    expect(STEPS.filter((step) => stepNeed(planOf('verify-only'), step).needed)).toEqual(['preflight', 'verify'])
  })

  test('copied-image prepares nothing anew', () => {
    expect(STEPS.filter((step) => stepNeed(planOf('copied-image'), step).needed)).toEqual(['preflight', 'verify', 'release'])
  })

  test('without Office its two steps are left out', () => {
    const left = STEPS.filter((step) => !stepNeed(planOf('new-base-image', 'none'), step).needed)
    expect(left).toEqual(['installOfficeKey', 'rearmOffice'])
  })

  test('sealed for MAK it does nothing that only KMS needs', () => {
    const plan = { ...planOf('new-base-image'), seal: { licenseMode: 1 } } as unknown as Plan
    expect(STEPS.filter((step) => stepNeed(plan, step).needed)).toEqual([
      'preflight',
      'createVDisk',
      'sealVDisk',
      'verify',
      'release',
    ])
  })

  test('every choice has a reason and a source', () => {
    for (const scenario of SCENARIOS)
      for (const step of STEPS) {
        const { because, source } = stepNeed(planOf(scenario), step)
        expect([because, source].every((text) => text.length > 3)).toBe(true)
      }
  })
})
