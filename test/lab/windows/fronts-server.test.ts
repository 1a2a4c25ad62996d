import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { isAnsweredBy, operations, type OperationName } from '../../../src/wire/operations/catalogue.ts'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { acts, fences, life, openings, reads, type Step } from './server-steps.ts'
import { twoFronts, type TwoFronts } from './two-fronts.ts'

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip
const all: readonly Step[] = [...openings, ...reads, ...acts, ...life, ...fences]

where(`a PVS server and a KMS host, asked on both fronts ${missing ?? ''}`, () => {
  let farm: TwoFronts
  const answers: [builtIn: unknown, shipped: unknown][] = []

  beforeAll(async () => {
    farm = await twoFronts({ os: 'windows-11-23h2', office: 'ltsc-2021' })
    for (const [, step] of all) answers.push(await farm.both(step))
  }, 300_000)

  afterAll(() => farm.close())

  test.each(all.map(([name], n) => [name, n] as const))('%s', (_, n) => {
    const [builtIn, shipped] = answers[n] ?? []
    expect(builtIn).toBeDefined()
    expect(shipped).toEqual(builtIn)
  })

  test('what was really done is the same', () => {
    const [builtIn, shipped] = farm.ledgers()
    expect(shipped).toEqual(builtIn)
  })

  test('nothing was asked that the lab does not model', () => {
    expect(farm.sides[1].farm.unmodelled()).toEqual([])
  })

  test('every operation of a PVS server and a KMS host was asked on both', () => {
    const ours = (Object.keys(operations) as OperationName[]).filter((op) => isAnsweredBy(op, 'pvs') || isAnsweredBy(op, 'kms'))
    for (const { asked } of farm.sides) expect([...asked].sort()).toEqual(ours.sort())
  })
})
