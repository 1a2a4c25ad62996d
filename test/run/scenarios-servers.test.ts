import { afterEach, describe, expect, test } from '@jest/globals'
import { combinations } from '../../src/lab/model/combinations.ts'
import { closeLabs } from './harness.ts'
import { livesOf, liveThroughAllScenarios, liveThroughFirstScenarios } from './scenario-chain.ts'

afterEach(closeLabs)

const offices = ['2016', '2019', 'ltsc-2021', 'ltsc-2024']
const servers = ['server-2016', 'server-2019', 'server-2022', 'server-2025']
const pairs = combinations().filter(({ windows, office }) => servers.includes(windows) && offices.includes(office))

describe('the six scenarios on servers', () => {
  const { whole, begun } = livesOf(pairs)
  test.each(whole)('%s with Office %s ends in each as the procedure says', liveThroughAllScenarios)

  for (const [windows, office] of begun) {
    test(`${windows} with Office ${office} ends in the first three as the procedure says`, async () => {
      await liveThroughFirstScenarios(windows, office)
    })
    test.skip(`${windows} with Office ${office} ends in the other three (skipped: VDISKPREP_DEEP=1 runs them)`, () => undefined)
  }

  test('a pair that cannot exist is left out with its source', () => {
    const never = pairs.filter((pair) => pair.never !== undefined)
    expect(never.map(({ windows, office }) => `${windows} ${office}`)).toEqual([
      'server-2016 2019',
      'server-2016 ltsc-2021',
      'server-2016 ltsc-2024',
      'server-2019 ltsc-2024',
    ])
    for (const { never: source } of never) expect(source).toMatch(/^Microsoft, "/)
  })
})
