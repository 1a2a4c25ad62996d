import { afterAll, describe, expect, test } from '@jest/globals'
import { operations, type OperationName } from '../../../src/wire/operations/catalogue.ts'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { killedEverywhere } from './kill-writers.ts'
import { serverWriters } from './server-writers.ts'
import { targetWriters } from './writers.ts'

const missing = pwshMissing()
const deep = process.env['VDISKPREP_DEEP'] === '1'
const told = missing === undefined ? test : test.skip
const all = [...targetWriters, ...serverWriters]

/** Without VDISKPREP_DEEP=1: the store that is renamed, in the middle. */
const isShort = ({ op }: { op: string }) => op === 'Reset-VdpTokenStore'

describe('an act whose PowerShell is killed at each of its points', () => {
  let kills = 0
  const writers = all.filter((one) => deep || isShort(one))

  told.each(writers.map((one) => [`${one.op}, ${one.what}`, one] as const))(
    `%s: receipt and facts are enough to finish it, and nothing is done twice ${missing ?? ''}`,
    async (_, writer) => {
      kills += await killedEverywhere(writer, (points) =>
        points.filter(({ n, acted }) => deep || (acted && n > 0)).slice(0, deep ? 99 : 3),
      )
    },
    180_000,
  )

  if (!deep)
    test.skip(`the other ${String(all.length - writers.length)} acts (skipped: VDISKPREP_DEEP=1 runs them)`, () => undefined)

  test('every operation that writes is among them', () => {
    const names = (Object.keys(operations) as OperationName[]).filter((op) => operations[op].writes)
    expect([...new Set(all.map(({ op }) => op))].sort()).toEqual(names.sort())
  })

  afterAll(() => {
    if (kills > 0) process.stderr.write(`${String(kills)} kills inside ${String(writers.length)} acts\n`)
  })
})
