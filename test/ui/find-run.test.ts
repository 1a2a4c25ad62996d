import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Store } from '../../src/engine/ports/store.ts'
import { faultOf } from '../../src/faults/fault.ts'
import { describeFault } from '../../src/faults/table.ts'
import { openStore } from '../../src/store/sqlite/open.ts'
import { findRun, runsOfVDisk } from '../../src/ui/cli/find-run.ts'
import { turn } from '../contract/store-rig.ts'

let folder: string
let store: Store

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vdp-find-'))
  store = openStore(join(folder, 'runs.db'))
  const begun = async (run: string, disk: string, state: 'ended' | 'waiting', title?: string) => {
    const [at = '', name = ''] = disk.split('/')
    const plan = { farm: { name: 'HQ' }, vdisk: { store: at, name }, source: { file: `/srv/of-${name.toLowerCase()}.yaml` } }
    const first = turn({ run, state, outcome: state === 'ended' ? 'verified' : null })
    await store.create({ run, title: title ?? name, stamp: 'chart 1', plan }, first)
  }
  await begun('2k7wm', 'Store1/W11-Desk', 'waiting')
  await begun('3zz9p', 'Store1/W11-Desk', 'ended')
  await begun('w8c2d', 'Store1/W11-Sales', 'waiting', 'Sales, monthly')
  await begun('4bcdf', 'Store1/Shared', 'ended')
  await begun('5bcdf', 'Store2/Shared', 'waiting')
  await begun('6bcdf', 'Store1/W8', 'waiting')
  await begun('7bcdf', 'Store1/Two', 'waiting')
  await begun('8bcdf', 'Store1/Two', 'waiting', 'Two, mend map')
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const told = async (typed: string, toChange = false) =>
  findRun(store, typed, toChange).then(
    ({ run }) => run,
    (thrown: unknown) => {
      const { code, details } = faultOf(thrown)
      return `${code} ${describeFault(code, details).says}`
    },
  )

describe('what is typed for a run', () => {
  test.each([
    ['2k7wm', '2k7wm', 'the id'],
    ['2k', '2k7wm', 'its beginning'],
    ['2k7wm@41', '2k7wm', 'the id with a line of its journal'],
    ['W11-Desk', '3zz9p', 'the name of the vDisk: its newest run'],
    ['w11-desk', '3zz9p', 'the name in other letters'],
    ['Store1/W11-Desk', '3zz9p', 'the name with its store'],
    ['sales, monthly', 'w8c2d', 'the title that its file gives it'],
    ['W11-Sales', 'w8c2d', 'the name of a vDisk whose file gives it another title'],
    ['Store2/Shared', '5bcdf', 'the one of two stores that is meant'],
    ['Two', '8bcdf', 'the newest of the vDisk, also one that mended something'],
  ])('%j means %s: %s', async (typed, run) => {
    expect(await told(typed)).toBe(run)
  })

  test('to look at a run, a name that two vDisks have names both', async () => {
    expect(await told('Shared')).toMatch(/^AMBIGUOUS_RUN .*5bcdf \(Shared, waiting\), 4bcdf \(Shared, verified\)/)
  })

  test('for its workflow file, that run is offered', async () => {
    expect(await told('./of-w11-sales.yaml')).toMatch(/^UNKNOWN_RUN .*Did you mean w8c2d \(Sales, monthly, waiting\)\?/)
  })

  test('a name that is also the beginning of another id is never guessed', async () => {
    expect(await told('w8')).toMatch(/^AMBIGUOUS_RUN .*w8c2d \(Sales, monthly, waiting\), 6bcdf \(W8, waiting\)/)
  })

  test('to change a run, a name means the only one that has not ended', async () => {
    expect(await told('W11-Desk', true)).toBe('2k7wm')
    expect(await told('Store2/Shared', true)).toBe('5bcdf')
    expect(await told('Shared', true)).toMatch(/^AMBIGUOUS_RUN .*5bcdf.*4bcdf/)
    expect(await told('Two', true)).toMatch(/^AMBIGUOUS_RUN .*8bcdf \(Two, mend map, waiting\), 7bcdf \(Two, waiting\)/)
  })

  test('what is unknown is answered with what is near, else with the newest', async () => {
    expect(await told('W11-Dsek')).toMatch(/^UNKNOWN_RUN .* Did you mean 3zz9p \(W11-Desk, verified\)\?$/)
    expect(await told('something')).toMatch(/^UNKNOWN_RUN .* The newest: 8bcdf \(Two, mend map, waiting\); 7bcdf .*; w?\S+ /)
  })
})

describe('the runs of a vDisk', () => {
  test.each([
    ['W11-Desk', ['3zz9p', '2k7wm']],
    ['shared', ['5bcdf', '4bcdf']],
    ['Store2/Shared', ['5bcdf']],
    ['two', ['8bcdf', '7bcdf']],
  ])('by %j are %j', async (name, runs) => {
    expect((await runsOfVDisk(store, name)).map(({ run }) => run)).toEqual(runs)
  })

  test('of a name that nothing has are a question of what was meant', async () => {
    await expect(runsOfVDisk(store, 'W11-Dessk')).rejects.toMatchObject({
      code: 'UNKNOWN_RUN',
      details: { near: expect.stringContaining('W11-Desk') },
    })
  })
})
