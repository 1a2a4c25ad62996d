import { expect, test } from '@jest/globals'
import { owners, reportOf } from './owners.ts'

test('two orchestrators on one store: one drives, the other is told, and what is done is done once', async () => {
  const harvest = await owners({ runs: 9, seed: 3 })
  process.stdout.write(`${reportOf(harvest).split('\n').at(-1) ?? ''}\n`)
  expect(harvest.failures).toEqual([])
}, 240_000)
