import { expect, test } from '@jest/globals'
import { crash, reportOf } from './crash.ts'
import { partsOf } from './cells.ts'

test('SIGKILLs at random moments and at every kind of boundary: every run ends verified, nothing is done twice, nothing is missing', async () => {
  const harvest = await crash({ kills: 72, seed: 7, perRun: 18 })
  const kind = (cell: string) => {
    const { phase, point, when } = partsOf(cell)
    return `${phase} ${when} ${point}`
  }
  const hit = new Set([...harvest.hits.keys()].map(kind))
  process.stdout.write(
    `${
      reportOf({ ...harvest, zero: [] })
        .split('\n')
        .at(-1) ?? ''
    }\n`,
  )

  expect(harvest.failures).toEqual([])
  expect(harvest.random + harvest.atBoundaries).toBeGreaterThanOrEqual(72)
  expect([...new Set([...harvest.required].map(kind))].filter((one) => !hit.has(one))).toEqual([])
}, 180_000)
