import { expect } from '@jest/globals'
import type { combinations } from '../../src/lab/model/combinations.ts'
import type { OfficeName } from '../../src/lab/model/office-releases.ts'
import type { WindowsName } from '../../src/lab/model/windows-releases.ts'
import { jonas, lab, type LabFarm } from './harness.ts'
import type { RunInLab } from './run-in-lab.ts'

type Pair = ReturnType<typeof combinations>[number]

const DEEP = process.env['VDISKPREP_DEEP'] === '1'

/** What of the pairs of Windows and Office is lived through: all scenarios by every sixth pair, the first three by the others; all by all of
 *  them with VDISKPREP_DEEP=1. As `test.each` takes it. */
export function livesOf(pairs: readonly Pair[]) {
  const lives = pairs
    .filter((pair) => pair.never === undefined)
    .map(({ windows, office }, at) => ({ windows, office, all: DEEP || at % 6 === 0 }))
  return {
    whole: lives.filter(({ all }) => all).map(({ windows, office }) => [windows, office] as const),
    begun: lives.filter(({ all }) => !all).map(({ windows, office }) => [windows, office] as const),
  }
}

/** An image is prepared, looked at and updated. */
export async function liveThroughFirstScenarios(os: WindowsName, office: OfficeName): Promise<LabFarm> {
  const farm = await lab({ os, office, world: { promotePreps: 'yes' } })
  await newBaseImage(farm)
  await verifyOnly(farm)
  await updateImage(farm)
  return farm
}

/** The life of one image under the six scenarios: prepared, looked at, updated, copied, repaired, versioned. Each ends as it has to, by
 *  what the run says and by the ledger. `promotePreps` is the world in which a maintenance version can succeed at all. */
export async function liveThroughAllScenarios(os: WindowsName, office: OfficeName): Promise<void> {
  const farm = await liveThroughFirstScenarios(os, office)
  await copiedImage(farm)
  await repairActivation(farm)
  await maintenanceVersion(farm)
}

/** What the ledger gained while something went on. */
async function during(farm: LabFarm, work: () => Promise<RunInLab>) {
  const from = farm.ledger().length
  const run = await work()
  return { run, gained: farm.ledger().slice(from) }
}

type Gained = Awaited<ReturnType<typeof during>>['gained']

const of = (gained: Gained, did: Gained[number]['did']) => gained.filter((entry) => entry.did === did)
const rearmsIn = (gained: Gained) =>
  gained.flatMap((entry) => (entry.did === 'rearm' && entry.effective ? [entry.product] : [])).sort()
const prepsIn = (gained: Gained) => gained.flatMap((entry) => (entry.did === 'kms-prep' ? [entry.kind] : []))
const modesIn = (gained: Gained) =>
  gained.flatMap((entry) => (entry.did === 'license-mode' ? [`${String(entry.from)}>${String(entry.to)}`] : []))

function clonesDiffer(farm: LabFarm, gained: Gained, run: RunInLab): void {
  expect(run.outcome).toBe('verified')
  const drawn = gained.flatMap((entry) =>
    entry.did === 'cmid' && entry.product === 'Windows' ? [[entry.machine, entry.cmid] as const] : [],
  )
  const truth = farm.names.canaries.map((canary) => drawn.findLast(([machine]) => machine === canary)?.[1])
  expect(new Set(truth).size).toBe(2)
  expect(run.view.memory.clones.map(({ cmid }) => cmid)).toEqual(truth)
  const writers = gained.flatMap((entry) => (entry.did === 'boot' && entry.how === 'read-write' ? [entry.machine] : []))
  expect(writers.filter((machine) => machine !== farm.names.master)).toEqual([])
}

async function newBaseImage(farm: LabFarm): Promise<void> {
  const { run, gained } = await during(farm, () => farm.run('kms-new-image'))
  clonesDiffer(farm, gained, run)
  expect(rearmsIn(gained)).toEqual(['Office', 'Windows'])
  expect(prepsIn(gained)).toEqual(['prep'])
  expect(run.view.memory.order?.sequence).toBe(
    farm.disk.versions[0]?.image?.office?.service === 'sppsvc' ? 'officeFirst' : 'article',
  )
}

async function verifyOnly(farm: LabFarm): Promise<void> {
  const { run, gained } = await during(farm, () => farm.run('verify-only'))
  clonesDiffer(farm, gained, run)
  for (const did of ['rearm', 'mode', 'license-mode', 'key', 'kms-prep'] as const) expect(of(gained, did)).toEqual([])
}

async function updateImage(farm: LabFarm): Promise<void> {
  const rearm = { windows: { rearm: 'always' }, office: { rearm: 'always' } }
  const { run, gained } = await during(farm, () => farm.run('kms-update-image', rearm))
  clonesDiffer(farm, gained, run)
  expect(rearmsIn(gained)).toEqual(['Office', 'Windows'])
  expect(prepsIn(gained)).toEqual(['reset'])
  expect(modesIn(gained)).toEqual(['2>0', '0>2'])
}

async function copiedImage(farm: LabFarm): Promise<void> {
  const name = 'Copied-Image'
  farm.model.disks.push({ ...structuredClone(farm.disk), guid: farm.model.random.guid(), name })
  const { run, gained } = await during(farm, () => farm.run('copied-image', { vdisk: { name } }))
  clonesDiffer(farm, gained, run)
  expect(run.story()).toContain('verify.checkCopy: done: Standard, LicenseMode 2; .pvp and .vhdx up to date on 2 servers')
  for (const did of ['rearm', 'mode', 'license-mode', 'key', 'kms-prep'] as const) expect(of(gained, did)).toEqual([])
}

async function repairActivation(farm: LabFarm): Promise<void> {
  const { run, gained } = await during(farm, async () => await (await farm.run('kms-repair')).approveAll())
  clonesDiffer(farm, gained, run)
  expect(rearmsIn(gained)).toEqual(['Office', 'Windows'])
  expect(prepsIn(gained)).toEqual(['reset'])
  expect(run.view.decisions.map(({ by }) => by.login)).toEqual([jonas.login])
}

async function maintenanceVersion(farm: LabFarm): Promise<void> {
  const before = farm.model.devices.map(({ name, type, enabled, bootFrom, disks }) =>
    structuredClone({ name, type, enabled, bootFrom, disks }),
  )
  const wish = { acceptRisk: ['maintenanceVersion'] }
  const { run, gained } = await during(farm, async () => await (await farm.run('kms-maintenance-version', wish)).approveAll())
  clonesDiffer(farm, gained, run)
  expect(rearmsIn(gained)).toEqual(['Office', 'Windows'])
  expect(of(gained, 'mode')).toEqual([])
  expect(farm.disk.versions.map(({ version, access }) => [version, access])).toEqual([
    [0, 0],
    [1, 7],
  ])
  expect(
    farm.model.devices.map(({ name, type, enabled, bootFrom, disks }) => ({ name, type, enabled, bootFrom, disks })),
  ).toEqual(before)
}
