import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { faultTable } from '../../src/faults/table.ts'
import { faultNames } from '../../src/lab/faults/catalogue.ts'
import { powerOff } from '../../src/lab/model/power.ts'
import { keep, type Told } from '../faults/told.ts'
import { ranksOf } from './explained.ts'
import { faultCases, type FaultCase } from './fault-cases.ts'
import { closeLabs, lab, maria, type LabFarm } from './harness.ts'
import { pass } from './mending.ts'
import type { RunInLab } from './run-in-lab.ts'

const rows: Told[] = []

/** `npm run faults` lays them all. */
const ALL = process.env['VDISKPREP_DEEP'] === '1'
const taken = faultCases.filter((_, at) => ALL || at % 3 === 0)

afterEach(closeLabs)
afterAll(() => {
  keep('run', rows)
})

describe('each named fault of the lab, alone, ends in its own diagnosis', () => {
  test.each(taken.map((one) => [titleOf(one), one] as const))('%s', async (title, one) => {
    const { fault, onHardDisk = false } = one
    const farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021', faults: [fault], onHardDisk })
    const run = await farm.run('kms-new-image', one.workflow)
    const said = `${String(run.says)}${one.check === undefined ? '' : ` (${one.check})`}`
    const explained = await ranksOf(run)
    rows.push({ fault: title, by: 'run', said, right: run.says === one.says, rank: 1, falseAlarms: [], explained })
    expect(explained.filter((rank) => rank !== 1)).toEqual([])

    expect(run.says).toBe(one.says)
    if (one.check !== undefined) expect(run.held?.fault.details['checks']).toContain(one.check)
    one.truth?.(farm, run)
    soundBy(farm, one)
    if (run.held === null) return
    offersAWayOn(run)
    await goOn(farm, run, one)
    soundBy(farm, one)
  })

  if (!ALL)
    test.skip(`the other ${String(faultCases.length - taken.length)} cases (skipped: VDISKPREP_DEEP=1 runs them)`, () =>
      undefined)

  test('no named fault is left out', () => {
    const cased = new Set(faultCases.map(({ fault }) => fault.fault))
    expect(faultNames.filter((name) => !cased.has(name))).toEqual([])
  })
})

function titleOf({ fault }: FaultCase): string {
  const { fault: name, ...how } = fault
  return [name, ...Object.values(how)].join(' ')
}

/** Whatever the run says, this is true of it by the ledger. */
function soundBy(farm: LabFarm, { fault }: FaultCase): void {
  const { master } = farm.names
  const entries = farm.ledger()
  const writers = entries.filter((entry) => entry.did === 'boot' && entry.how === 'read-write').map(({ machine }) => machine)
  if (fault.fault !== 'foreign-writer') expect(writers.filter((machine) => machine !== master)).toEqual([])
  expect(entries.filter(({ did }) => did === 'foreign-write')).toHaveLength(fault.fault === 'foreign-writer' ? 1 : 0)
  for (const product of ['Windows', 'Office'] as const) {
    const effective = farm.ledger(master).rearms.filter((one) => one.product === product && one.effective)
    expect(effective.length).toBeLessThanOrEqual(1)
  }
  expect(entries.filter((entry) => entry.did === 'dismount' && entry.disk !== farm.names.disk)).toEqual([])
}

/** A hold names a next action that is safe: one to be allowed, or one of the fault's own remedies. */
function offersAWayOn(run: RunInLab): void {
  const { fault, options } = run.held ?? { fault: { code: 'INTERNAL' as const }, options: [] }
  expect(options.length + faultTable[fault.code].remedy.length).toBeGreaterThan(0)
}

/** Mends and goes on to the end where there is a way; else the run is aborted and what it changed is put back. */
async function goOn(farm: LabFarm, run: RunInLab, { way, fault }: FaultCase): Promise<void> {
  if (way === undefined) {
    await run.answer('abort')
    if (fault.fault === 'foreign-writer') await letGoOfTheDisk(farm, run)
    expect(run.says).toBe('aborted')
    return
  }
  await way.mend?.(farm)
  await (way.allow === undefined ? run.answer('retry') : run.answer('approve', { option: way.allow, by: maria }))
  if (run.outcome === null) throw new Error(`still ${String(run.says)}: ${JSON.stringify(run.held)}`)
  expect(run.outcome).toBe(way.ends ?? 'verified')
  const cmids = run.view.memory.clones.map(({ cmid }) => cmid)
  expect(new Set(cmids).size).toBe(2)
}

/** A disk that somebody streams cannot be closed: the run says so, and closes it once that machine is off. */
async function letGoOfTheDisk(farm: LabFarm, run: RunInLab): Promise<void> {
  expect(run.says).toBe('RESTORE_FAILED')
  const foreign = farm.model.devices.filter(({ name }) => name === farm.names.production)
  farm.model.mischief.foreignWriter.clear()
  await pass(farm, 5)
  for (const device of foreign) powerOff(farm.model, device, false)
  await pass(farm, 5)
  await run.answer('retry')
}
