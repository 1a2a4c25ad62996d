import { afterAll, describe, expect, test } from '@jest/globals'
import { presetPairs } from '../../../src/lab/farm-file/presets.ts'
import { worldMeanings, type World } from '../../../src/lab/model/worlds.ts'
import { keep, type Healthy } from '../../faults/told.ts'
import { farmInProcess } from './farm-in-process.ts'

const DEEP = process.env['VDISKPREP_DEEP'] === '1'

const farms = presetPairs.slice(0, 10)

/** Every world, or in short the usual one and two others, not the same for each farm. */
function worldsOf(at: number): readonly Partial<World>[] {
  const all = everyWorld()
  return DEEP ? all : [{}, ...[37, 101].flatMap((step) => all[(at * step + step) % all.length] ?? [])]
}

function everyWorld(): readonly Partial<World>[] {
  return Object.entries(worldMeanings).reduce<readonly Partial<World>[]>(
    (all, [name, values]) => all.flatMap((one) => Object.keys(values).map((value) => ({ ...one, [name]: value }))),
    [{}],
  )
}

const rows: Healthy[] = []
afterAll(() => {
  keep('healthy', rows)
})

describe(`a healthy farm has nothing to be said about it, in ${DEEP ? 'every world' : 'some worlds (VDISKPREP_DEEP=1: in every one)'}`, () => {
  test.each(farms.map((pair, at) => [`${pair.os} with Office ${pair.office}`, pair, at] as const))('%s', async (_, pair, at) => {
    const alarms: string[] = []
    let looks = 0
    for (const world of worldsOf(at)) {
      for (const open of [false, true]) {
        const wish = { ...pair, world, seed: at + 1, store: at % 2 === 0 ? ('share' as const) : ('local' as const) }
        looks += 1
        const { findings, worst, tally } = await farmInProcess(wish, { open }).examine()
        const loud = findings.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'na')
        alarms.push(
          ...loud.map(({ check, host, says }) => `${JSON.stringify(world)} open ${String(open)}: ${host} ${check} ${says}`),
        )
        expect([worst, tally.pass > (open ? 90 : 60)]).toEqual(['pass', true])
      }
    }
    rows.push({ farm: `${pair.os} with Office ${pair.office}`, looks, alarms })
    expect(alarms).toEqual([])
  })
})

test('nothing is changed and nothing mounted by looking', async () => {
  const looked = farmInProcess({ os: 'windows-11-23h2', office: 'ltsc-2021' }, { open: true })
  const { farm } = looked
  const before = JSON.stringify([farm.disks, farm.servers, farm.stores])
  const entries = farm.ledger.entries.length
  await looked.examine()
  expect(farm.ledger.entries).toHaveLength(entries)
  expect(JSON.stringify([farm.disks, farm.servers, farm.stores])).toBe(before)
})
