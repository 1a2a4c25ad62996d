import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { PresetWish } from '../../../src/lab/farm-file/presets.ts'
import { operations } from '../../../src/wire/operations/catalogue.ts'
import { pwshMissing } from '../../fixtures/powershell.ts'
import type { Step } from './server-steps.ts'
import { asked, licensing, machine, masterOn, reads } from './target-steps.ts'
import { twoFronts, type TwoFronts } from './two-fronts.ts'

const missing = pwshMissing()

/** A Windows with its Office, and keys that fit them. */
const machines: readonly (readonly [name: string, wish: PresetWish, windowsKey: string, officeKey: string])[] = [
  [
    'Windows 11 with Office LTSC 2024',
    { os: 'windows-11-23h2', office: 'ltsc-2024' },
    'NPPR9-FWDCX-D2C8J-H872K-2YT43',
    'XJ2XN-FW8RK-P4HMP-DKDBV-GCVGB',
  ],
  [
    'Windows 7 with Office 2010',
    { os: 'windows-7', office: '2010' },
    '33PXH-7Y6KF-2VJC9-XBBR8-HVTHH',
    'VYBBJ-TRJPB-QFQRF-QFT4D-H3GVB',
  ],
  [
    'a German Windows 10 with a 32-bit Office 2016',
    { os: 'windows-10-22h2', office: '2016', image: { language: 'de-DE', officeBits: 32 } },
    'NPPR9-FWDCX-D2C8J-H872K-2YT43',
    'XQNVK-8JYDB-WJ9W3-YJ8YR-WFG99',
  ],
]

describe.each(machines)('%s, asked on both fronts', (_name, wish, windowsKey, officeKey) => {
  const all: readonly Step[] = [...reads, ...machine, ...licensing(windowsKey, officeKey)]
  const told = missing === undefined ? test : test.skip
  let farm: TwoFronts
  const answers: [builtIn: unknown, shipped: unknown][] = []

  beforeAll(async () => {
    if (missing !== undefined) return
    farm = await twoFronts(wish)
    for (const side of farm.sides) masterOn(side.farm)
    for (const [, step] of all) answers.push(await farm.both(step))
  }, 120_000)

  afterAll(() => (missing === undefined ? farm.close() : undefined))

  told.each(all.map(([name], n) => [name, n] as const))(`%s ${missing ?? ''}`, (_, n) => {
    const [builtIn, shipped] = answers[n] ?? []
    expect(builtIn).toBeDefined()
    expect(alike(shipped)).toEqual(alike(builtIn))
  })

  told('what was really done is the same', () => {
    const [builtIn, shipped] = farm.ledgers()
    expect(shipped).toEqual(builtIn)
  })

  told('nothing was asked that the lab does not model', () => {
    expect(farm.sides[1].farm.lab.unmodelled()).toEqual([])
  })
})

test('every operation of a target is among them', () => {
  const named = Object.entries(operations).flatMap(([name, { role }]) => (role === 'target' ? [name] : []))
  licensing('', '')
  expect([...asked].sort()).toEqual([...new Set([...named, 'Invoke-VdpHook'])].sort())
})

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
