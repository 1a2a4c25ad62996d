import { expect, test } from '@jest/globals'
import { crash, reportOf } from './crash.ts'
import { partsOf } from './cells.ts'

test('SIGKILLs at random moments and at boundaries of looks, acts and settling: every run ends verified, nothing is done twice, nothing is missing', async () => {
  const harvest = await crash({ kills: 30, seed: 7, perRun: 18, spread: 'kinds' })
  process.stdout.write(
    `${
      reportOf(harvest)
        .split('\n')
        .at(-1)
        ?.replace(/, \d+ boundaries never hit/, '') ?? ''
    }\n`,
  )

  expect(harvest.failures).toEqual([])
  expect(harvest.random + harvest.atBoundaries).toBeGreaterThanOrEqual(30)
  // That no boundary at all is left out is the long form's to show: what a kill at random comes before is chance.
  const hit = new Set([...harvest.hits.keys()].map((cell) => partsOf(cell).phase))
  expect([...hit]).toEqual(expect.arrayContaining(['look', 'act', 'settle']))
}, 240_000)
