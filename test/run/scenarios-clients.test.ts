import { afterEach, describe, expect, test } from '@jest/globals'
import { combinations } from '../../src/lab/model/combinations.ts'
import { closeLabs } from './harness.ts'
import { livesOf, liveThroughAllScenarios, liveThroughFirstScenarios } from './scenario-chain.ts'

afterEach(closeLabs)

const offices = ['2016', '2019', 'ltsc-2021', 'ltsc-2024']
const pairs = combinations().filter(
  ({ windows, office }) =>
    (windows === 'windows-7' && office === '2010') ||
    ((windows === 'windows-10-22h2' || windows === 'windows-11-23h2') && offices.includes(office)),
)

describe('the six scenarios on clients', () => {
  const { whole, begun } = livesOf(pairs)
  test.each(whole)('%s with Office %s ends in each as the procedure says', liveThroughAllScenarios)

  for (const [windows, office] of begun) {
    test(`${windows} with Office ${office} ends in the first three as the procedure says`, async () => {
      await liveThroughFirstScenarios(windows, office)
    })
    test.skip(`${windows} with Office ${office} ends in the other three (skipped: VDISKPREP_DEEP=1 runs them)`, () => undefined)
  }

  test('no pair that was asked for is missing there', () => {
    expect(pairs.filter(({ never }) => never !== undefined)).toEqual([])
    expect(pairs).toHaveLength(9)
  })
})
