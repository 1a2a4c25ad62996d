import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { operations } from '../../../src/wire/operations/catalogue.ts'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { combination, eachOf, impossible, possible, type Combination } from './combinations.ts'
import * as server from './server-steps.ts'
import { asked, licensing, machine, masterOn, reads } from './target-steps.ts'
import { twoFronts } from './two-fronts.ts'

const missing = pwshMissing()
const deep = process.env['VDISKPREP_DEEP'] === '1'
const told = missing === undefined ? test : test.skip

/** Without VDISKPREP_DEEP=1: one of each kind of Windows, Office and licensing service, the acts of the servers not among them. */
const few: readonly Combination[] = [
  combination({ os: 'windows-11-23h2', office: 'ltsc-2024' }),
  combination({ os: 'windows-7', office: '2010' }),
  combination({ os: 'windows-10-22h2', office: '2016', image: { language: 'de-DE', officeBits: 32 } }),
]
const chosen = deep ? [...possible(), ...few.slice(2)] : few

/** What became of one combination. */
interface Asked {
  readonly operations: ReadonlySet<string>
  readonly questions: number
  /** Steps that were answered in another way than by the built-in front. */
  readonly different: readonly unknown[]
  readonly unmodelled: readonly string[]
  readonly powershell: string
}

describe('every operation on every Windows and Office of the model, by the shipped agents and by the lab', () => {
  let results: readonly Asked[] = []
  beforeAll(async () => {
    if (missing === undefined) results = await eachOf(chosen, askedOn)
  }, 1_500_000)

  told.each(chosen.map(({ name }, n) => [name, n] as const))(`%s: the same answers, the same deeds ${missing ?? ''}`, (_, n) => {
    expect(results[n]).toMatchObject({ different: [], unmodelled: [] })
    const wanted = Object.entries(operations).flatMap(([name, { role }]) => (deep || role === 'target' ? [name] : []))
    expect([...(results[n]?.operations ?? [])].sort()).toEqual(wanted.sort())
  })

  if (!deep)
    test.skip(`the other ${String(possible().length - 2)} combinations (skipped: VDISKPREP_DEEP=1 runs them)`, () => undefined)

  test('every operation of a target is among the steps', () => {
    const named = Object.entries(operations).flatMap(([name, { role }]) => (role === 'target' ? [name] : []))
    licensing('', '')
    expect([...asked].sort()).toEqual(named.sort())
  })

  test('a pair that does not exist has a source', () => {
    expect(impossible().length + possible().length).toBe(11 * 6 + 11)
    for (const line of impossible()) expect(line).toContain('Microsoft')
  })

  afterAll(() => {
    if (results.length > 0) process.stderr.write(figures(results))
  })
})

/** Asks a target, and in the deep form a PVS server and a KMS host as well, for everything on both fronts. */
async function askedOn({ wish, windowsKey, officeKey }: Combination): Promise<Asked> {
  const target = await answers(wish, [...reads, ...machine, ...licensing(windowsKey, officeKey)], true)
  if (!deep) return target
  const other = await answers(wish, server.brief, false)
  return {
    ...target,
    operations: target.operations.union(other.operations),
    questions: target.questions + other.questions,
    different: [...target.different, ...other.different],
    unmodelled: [...target.unmodelled, ...other.unmodelled],
  }
}

async function answers(wish: Combination['wish'], steps: readonly server.Step[], on: boolean): Promise<Asked> {
  const farm = await twoFronts(wish)
  try {
    if (on) for (const side of farm.sides) masterOn(side.farm)
    const different: unknown[] = []
    const compare = (name: string, [builtIn, shipped]: readonly [unknown, unknown]) => {
      if (builtIn === undefined || JSON.stringify(alike(shipped)) !== JSON.stringify(alike(builtIn)))
        different.push({ name, builtIn, shipped })
    }
    for (const [name, step] of steps) compare(name, await farm.both(step))
    compare('what was really done', farm.ledgers())
    const [, shipped] = farm.sides
    const { powershell } = shipped
    return { operations: shipped.asked, questions: steps.length, different, unmodelled: shipped.farm.unmodelled(), powershell }
  } finally {
    await farm.close()
  }
}

/** Without what differs between two boots that did the same: the boot's identity, minutes left, and what a new licence store is called and
 *  holds. The class that a licensing error names is for people. */
function alike(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer), (name: string, value: unknown) => {
    if (['guid', 'bootGuid', 'graceMinutes', 'sha256', 'bytes'].includes(name)) return typeof value
    if (name === 'refused' && (value as { kind: string }).kind === 'licensing') return { ...(value as object), details: null }
    if (typeof value !== 'string') return value
    return value.replace(/(?<=tokens\.dat\.)\w+(?=\.bar)/g, 'moment').replace(/\d{4}\/\d\d\/\d\d \d\d:\d\d/g, 'a moment')
  })
}

function figures(results: readonly Asked[]): string {
  const sum = (count: (one: Asked) => number) => results.reduce((all, one) => all + count(one), 0)
  const every = new Set(results.flatMap(({ operations: names }) => [...names]))
  const pairs = results.map(({ powershell }) => powershell).at(0) ?? 'none'
  return [
    `PowerShell ${pairs}: ${String(every.size)} operations on ${String(results.length)} combinations of Windows and Office`,
    `${String(sum((one) => one.operations.size))} operations x combinations in ${String(sum((one) => one.questions))} questions`,
    `${String(sum((one) => one.different.length))} failures, ${String(sum((one) => one.unmodelled.length))} unmodelled calls`,
    `not run, since they do not exist: ${String(impossible().length)} pairs\n`,
  ].join('; ')
}
