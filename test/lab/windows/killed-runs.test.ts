import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import type { PresetWish } from '../../../src/lab/farm-file/presets.ts'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { closeLabs, jonas, lab, type LabFarm, type WorkflowWish } from '../../run/harness.ts'
import type { RunInLab } from '../../run/run-in-lab.ts'
import { EachActOnce, type Moment } from './each-act.ts'

const missing = pwshMissing()
const why = missing ?? (process.env['VDISKPREP_DEEP'] === '1' ? '' : '(skipped: VDISKPREP_DEEP=1 runs it)')
const told = why === '' ? test : test.skip

interface Case {
  readonly what: string
  readonly wish: PresetWish
  readonly procedure: string
  readonly workflow: WorkflowWish
  /** What was run before, undisturbed. */
  readonly first?: string
}

/** Runs that have, together, every kind of act that the shipped procedures ask for. */
const cases: readonly Case[] = [
  {
    what: 'a new base image',
    wish: { os: 'windows-11-23h2', office: 'ltsc-2024' },
    procedure: 'kms-new-image',
    workflow: {},
  },
  {
    what: 'a maintenance version of a sealed vDisk',
    wish: { os: 'server-2022', office: 'ltsc-2021', world: { promotePreps: 'yes' } },
    procedure: 'kms-maintenance-version',
    workflow: { acceptRisk: ['maintenanceVersion'] },
    first: 'kms-new-image',
  },
  {
    what: 'a vDisk made by the Imaging Wizard',
    wish: { os: 'windows-11-23h2', office: '2016', onHardDisk: true },
    procedure: 'kms-new-image',
    workflow: { vdisk: { create: 'imaging-wizard', size: '80GiB' }, acceptRisk: ['imagingWizard'] },
  },
]

/** What may be done once only. */
const ONCE = ['rearm', 'kms-prep', 'imaging', 'disk-created', 'version', 'mode', 'license-mode']

afterEach(closeLabs)

describe(`a run in which the process of every act is killed once ${why}`, () => {
  const kills: string[] = []

  for (const moment of ['begun', 'acted'] as const satisfies readonly Moment[])
    for (const one of cases)
      told(
        `${moment}: ${one.what} ends verified, and what is done a second time was decided by name`,
        async () => {
          const whole = await made(one)
          const killer = new EachActOnce(moment)
          const { run, did, again, unmodelled } = await made(one, killer)
          kills.push(...killer.killed)
          expect([run.says, whole.run.says]).toEqual(['verified', 'verified'])
          expect(unmodelled).toEqual([])
          expect(beside(whole.did, did)).toEqual(moment === 'acted' ? again.toSorted() : [])
          expect(beside(did, whole.did)).toEqual([])
        },
        400_000,
      )

  afterAll(() => {
    if (kills.length > 0)
      process.stderr.write(`${String(kills.length)} acts of whole runs killed: ${[...new Set(kills)].join(', ')}\n`)
  })
})

/** One case in a farm of its own, by the built-in front when nobody is killed. */
async function made({ wish, procedure, workflow, first }: Case, killer?: EachActOnce) {
  const farm = await lab(wish, killer === undefined ? 'built-in' : 'powershell', killer?.around)
  if (first !== undefined) expect((await farm.run(first)).says).toBe('verified')
  const since = farm.ledger().length
  if (killer !== undefined) killer.armed = true
  const run = await farm.run(procedure, workflow)
  const again = await toItsEnd(farm, run)
  const did = farm
    .ledger()
    .slice(since)
    .filter((entry) => ONCE.includes(entry.did))
  return { run, again, did: did.map((entry) => `${entry.did} ${entry.machine}`).toSorted(), unmodelled: farm.lab.unmodelled() }
}

/** Does what a careful person would: approves what is asked, says what is done where that can be proved, looks again, removes a half-made
 *  disk that nobody needs, and takes the offered way on only where nothing else helps. Resolves with what was allowed a second time. */
async function toItsEnd(farm: LabFarm, run: RunInLab): Promise<string[]> {
  const again: string[] = []
  const tried = new Map<string, number>()
  for (let turns = 0; turns < 60 && run.outcome === null; turns += 1) {
    if (run.approval !== null) {
      await run.answer('approve', { by: jonas })
      continue
    }
    if (run.says === 'VDISK_EXISTS') {
      farm.model.disks.splice(
        farm.model.disks.findIndex(({ name }) => name === farm.names.disk),
        1,
      )
      again.push(`disk-created ${farm.model.servers[0]?.name ?? ''}`)
    }
    const { place, options } = run.held ?? { place: '', options: [] }
    const times = tried.get(place) ?? 0
    tried.set(place, times + 1)
    const [way] = options
    if (times < 2 || way === undefined) await run.answer(times === 1 ? 'mark-done' : 'retry')
    else {
      if (way.name === 'rearm-again') again.push(`rearm ${farm.names.master}`)
      await run.answer('approve', { option: way.name, by: jonas })
      tried.delete(place)
    }
  }
  return again
}

/** What one list has more than another. */
function beside(fewer: readonly string[], more: readonly string[]): readonly string[] {
  const rest = [...more]
  for (const one of fewer) if (rest.includes(one)) rest.splice(rest.indexOf(one), 1)
  return rest.toSorted()
}
