import { afterEach, describe, expect, test } from '@jest/globals'
import { sealedBy } from '../../src/engine/seals.ts'
import { verificationOf, type Looking } from '../../src/workflow/verification.ts'
import { closeLabs, jonas, lab, maria, type LabFarm } from './harness.ts'
import { RunInLab } from './run-in-lab.ts'

afterEach(closeLabs)

const flagship = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const
const wish = { acceptRisk: ['maintenanceVersion'], verify: { onFailure: 'revert' } }
const DEEP = process.env['VDISKPREP_DEEP'] === '1'

/** A verification of one version, as the command begins it. */
async function verify(farm: LabFarm, looking: Looking, said: Record<string, unknown> = {}): Promise<RunInLab> {
  const plan = await farm.plan('kms-new-image', said)
  const store = farm.openStore()
  const known = await sealedBy(store, plan, looking.version ?? null)
  await store.close()
  return await RunInLab.begin(farm, verificationOf(plan, { ...looking, ...(known && { sealedBy: known }) }), maria)
}

const accesses = (farm: LabFarm) => farm.disk.versions.map(({ access }) => access)

describe('a version whose clones prove it wrong, where the workflow reverts such versions', () => {
  test('is deleted after an approval, with a receipt, once its canaries are off; the version before it is the highest again', async () => {
    const farm = await lab(flagship)
    await farm.run('kms-new-image')
    const run = await farm.run('kms-maintenance-version', wish)

    expect(run.says).toBe('approval')
    expect(run.approval).toMatchObject({ what: 'delete version 1 of W11-Office', place: 'restoring.revertVersion' })
    expect(run.approval?.because.join()).toContain('DUPLICATE_CMID')
    expect(accesses(farm)).toEqual([0, 7])
    await run.answer('approve', { by: jonas })
    expect([run.outcome, run.says]).toEqual(['failed', 'DUPLICATE_CMID'])
    expect(accesses(farm)).toEqual([0])
    expect(run.story()).toContain('version 1 of W11-Office is gone; the highest is version 0')
    expect(farm.ledger().filter(({ did }) => did === 'version')).toMatchObject([
      { act: 'created' },
      { act: 'promoted' },
      { act: 'removed' },
    ])
  })

  test('stays by a decision of a person, and is deleted later by a verification of that version alone, by the receipt of the run that made it', async () => {
    const farm = await lab(flagship)
    await farm.run('kms-new-image')
    const run = await farm.run('kms-maintenance-version', wish)
    expect(await run.decide('skip')).toBeNull()
    expect([run.outcome, accesses(farm)]).toEqual(['failed', [0, 7]])

    const later = await verify(farm, { version: 1 }, { verify: wish.verify })
    expect(later.story()).toContain('2 canaries stream version 1 of W11-Office')
    expect(later.approval?.what).toBe('delete version 1 of W11-Office')
    await later.answer('approve')
    expect([later.says, accesses(farm)]).toEqual(['DUPLICATE_CMID', [0]])

    const gone = await verify(farm, { version: 1 })
    expect(gone.held?.fault).toMatchObject({ code: 'VERSION_NOT_OFFERED', details: { why: 'the vDisk has no such version' } })
  })
})

/** Slow, and the product of the chart walks it too. */
describe('a verification of one version', () => {
  const deep = DEEP ? test : test.skip
  deep('proves that version, and the base by canaries that get the base (only with VDISKPREP_DEEP=1)', async () => {
    const farm = await lab({ ...flagship, world: { promotePreps: 'yes' } })
    await farm.run('kms-new-image')
    await farm.run('kms-maintenance-version', { acceptRisk: wish.acceptRisk })
    for (const version of [1, 0]) {
      const proved = await verify(farm, { version })
      expect(proved.outcome).toBe('verified')
      expect(proved.story()).toContain(`2 canaries stream version ${String(version)} of W11-Office`)
    }
  })
})
