import { afterEach, describe, expect, test } from '@jest/globals'
import { combinations } from '../../src/lab/model/combinations.ts'
import { closeLabs } from './harness.ts'
import { liveThroughAllScenarios } from './scenario-chain.ts'

afterEach(closeLabs)

const offices = ['2016', '2019', 'ltsc-2021', 'ltsc-2024']
const pairs = combinations().filter(
  ({ windows, office }) =>
    (windows === 'windows-7' && office === '2010') ||
    ((windows === 'windows-10-22h2' || windows === 'windows-11-23h2') && offices.includes(office)),
)

describe('the six scenarios on clients', () => {
  test.each(pairs.filter((pair) => pair.never === undefined).map(({ windows, office }) => [windows, office] as const))(
    '%s with Office %s ends in each as the procedure says',
    liveThroughAllScenarios,
  )

  test('no pair that was asked for is missing there', () => {
    expect(pairs.filter(({ never }) => never !== undefined)).toEqual([])
    expect(pairs).toHaveLength(9)
  })
})
