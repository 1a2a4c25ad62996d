import { afterEach, describe, expect, test } from '@jest/globals'
import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { leftOver } from '../../src/engine/left-over.ts'
import { survey } from '../../src/engine/survey.ts'
import { alreadyOn, powerOff, powerOn } from '../../src/lab/model/power.ts'
import { checkups } from '../../src/procedure/checkup.ts'
import { offerFor, type Offer } from '../../src/procedure/steps/mend/offers.ts'
import { mendingOf } from '../../src/workflow/mending.ts'
import type { Mend } from '../../src/workflow/plan.ts'
import { closeLabs, jonas, lab, maria, type LabFarm, type WorkflowWish } from './harness.ts'
import { imageOf, pass } from './mending.ts'
import { RunInLab } from './run-in-lab.ts'

afterEach(closeLabs)

const flagship = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const

/** What the doctor offers to do about each finding of a check that is not in order. */
async function offers(farm: LabFarm, check: string, wish: WorkflowWish = {}): Promise<readonly Offer[]> {
  const plan = await farm.plan('kms-new-image', wish)
  const world = await farm.world()
  try {
    const left = await leftOver(world.store, [plan])
    const looks = await survey(world.hosts, checkups([plan]), new AbortController().signal)
    return looks.flatMap((look) =>
      diagnose(look, [check])
        .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'na')
        .map((finding) => offerFor(finding, look, left)),
    )
  } finally {
    await world.hosts.close()
    await world.store.close()
  }
}

async function mending(farm: LabFarm, mend: Mend, wish: WorkflowWish = {}): Promise<RunInLab> {
  return await RunInLab.begin(farm, mendingOf(await farm.plan('kms-new-image', wish), mend), maria)
}

function mendOf([offer]: readonly Offer[]): Mend {
  if (offer?.is !== 'act') throw new Error(`nothing is offered: ${JSON.stringify(offer)}`)
  return offer.mend
}

/** The image is open, and the prep device runs from it. */
function opened(farm: LabFarm): void {
  farm.disk.writeCacheType = 0
  alreadyOn(farm.model, farm.master)
}

const acts = (farm: LabFarm) => farm.ledger().filter(({ did }) => !['boot', 'off', 'activation'].includes(did))

describe('a run that mends one finding of the doctor', () => {
  test('asks for approval, does its one act, and ends mended once the same check passes', async () => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'skip-rearm-left-over' }] })
    opened(farm)
    const run = await mending(farm, mendOf(await offers(farm, 'rearm.skip')))
    expect(run.approval).toMatchObject({ what: 'remove the registry value SkipRearm' })
    expect(imageOf(farm).licensing.skipRearm).toBe(1)

    await run.answer('approve')
    expect([run.says, imageOf(farm).licensing.skipRearm]).toEqual(['mended', null])
    expect(run.story()).toContain('the check rearm.skip passes on W11-MASTER')
    expect(run.acts()).toEqual(['remove the registry value SkipRearm'])
    expect(farm.disk.writeCacheType).toBe(0)
    expect(await offers(farm, 'rearm.skip')).toEqual([])
  })

  test('is ended by an abort, and nothing was changed', async () => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'skip-rearm-left-over' }] })
    opened(farm)
    const run = await mending(farm, mendOf(await offers(farm, 'rearm.skip')))
    await run.answer('abort')
    expect([run.says, imageOf(farm).licensing.skipRearm]).toEqual(['aborted', 1])
  })

  test('keeps the approval by another person that the workflow wants', async () => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'skip-rearm-left-over' }] })
    opened(farm)
    const wish = { approvals: { preflight: { anotherPerson: true } } }
    const run = await mending(farm, mendOf(await offers(farm, 'rearm.skip', wish)), wish)
    expect(run.approval?.anotherPerson).toBe(true)
    expect(await run.decide('approve', { by: maria })).toMatchObject({ code: 'DECISION_REFUSED' })
    await run.answer('approve', { by: jonas })
    expect(run.says).toBe('mended')
  })

  test('does not act twice when the answer to its act was lost', async () => {
    const lost = { fault: 'link-lost-after-act', op: 'Clear-VdpSkipRearm' }
    const farm = await lab({ ...flagship, faults: [{ fault: 'skip-rearm-left-over' }, lost] })
    opened(farm)
    const run = await mending(farm, mendOf(await offers(farm, 'rearm.skip')))
    await run.answer('approve')
    expect([run.says, run.acts()]).toEqual(['mended', ['remove the registry value SkipRearm']])
    expect(run.events.filter(({ type }) => type === 'settled')).toHaveLength(1)
  })

  test('has the vDisk to itself until it has ended', async () => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'skip-rearm-left-over' }] })
    opened(farm)
    await mending(farm, mendOf(await offers(farm, 'rearm.skip')))
    await expect(farm.run('kms-new-image')).rejects.toMatchObject({ code: 'BUSY' })
  })

  test('holds when what was offered is no longer so', async () => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'skip-rearm-left-over' }] })
    opened(farm)
    const mend = mendOf(await offers(farm, 'rearm.skip'))
    farm.master.bootsLocally = true
    farm.master.localImage = structuredClone(imageOf(farm))
    powerOff(farm.model, farm.master, true)
    await pass(farm, 5)
    const run = await mending(farm, mend)
    expect(run.held?.fault).toMatchObject({ code: 'MEND_REFUSED', details: { why: expect.stringContaining('is not proved') } })
  })

  test('removes the lock of the prep device once it is off, and never the lock of another', async () => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'stale-lock' }] })
    opened(farm)
    powerOff(farm.model, farm.master, false)
    await pass(farm, 5)
    expect(farm.disk.locks).toHaveLength(1)
    const run = await mending(farm, mendOf(await offers(farm, 'disk.locks')))
    await run.answer('approve')
    expect([run.says, farm.disk.locks]).toEqual(['mended', []])

    farm.disk.locks.push({
      exclusive: true,
      ownerKind: 'device',
      version: 0,
      ownerId: farm.model.random.guid(),
      ownerName: 'OLD',
    })
    expect(await offers(farm, 'disk.locks')).toMatchObject([{ is: 'none', why: expect.stringContaining('never broken') }])
  })

  test('removes no lock of a machine that runs', async () => {
    const farm = await lab(flagship)
    opened(farm)
    farm.master.active = false
    expect(await offers(farm, 'disk.locks')).toMatchObject([
      { is: 'none', why: expect.stringContaining('not known to be silent') },
    ])
  })
})

describe('a service of PVS that stands still', () => {
  const soap = (farm: LabFarm) => farm.model.servers[1]?.services.find(({ name }) => name === 'soapserver')

  test('is started where it ended by itself, on approval', async () => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'soap-down', server: 'PVS02' }] })
    const run = await mending(farm, mendOf(await offers(farm, 'service.soap')))
    expect(run.approval?.what).toBe('start soapserver')
    expect(run.approval?.because.join()).toContain('ended by itself (error 1067)')
    expect(soap(farm)?.state).toBe('stopped')
    await run.answer('approve')
    expect([run.says, soap(farm)?.state]).toEqual(['mended', 'running'])
    expect(acts(farm)).toMatchObject([{ did: 'services', names: ['soapserver'], to: 'running', machine: 'PVS02' }])
  })

  test.each([
    ['ended as it was asked to', { exitCode: 0 }, /by whom and why is not told/],
    ['is disabled', { startMode: 'disabled' }, /is disabled: Windows is not meant to start it/],
    ['waits to be started by hand', { startMode: 'manual' }, /is manual/],
  ] as const)('is left alone where it %s', async (_, stands, why) => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'soap-down', server: 'PVS02' }] })
    Object.assign(soap(farm) ?? {}, stands)
    expect(await offers(farm, 'service.soap')).toMatchObject([{ is: 'none', why: expect.stringMatching(why) }])
  })
})

describe('what an earlier run left', () => {
  test('a mount is taken off where that run wrote it down, under the mount slot of the server', async () => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'mount-sticks' }] })
    const before = await farm.run('kms-new-image')
    expect(before.says).toBe('MOUNT_LEFT_BEHIND')
    await before.answer('abort')
    const run = await mending(farm, mendOf(await offers(farm, 'mount.slot')))
    expect(run.approval?.because.join('\n')).toContain(`run ${before.id} mounted it`)
    await run.answer('approve')
    expect([run.says, farm.model.servers[0]?.mounted]).toEqual(['mended', null])
    expect(acts(farm).filter(({ did }) => did === 'dismount')).toHaveLength(1)
  })

  test('a mount that nobody wrote down is left alone', async () => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'mount-left-behind' }] })
    expect(await offers(farm, 'mount.slot')).toMatchObject([{ is: 'none', why: expect.stringContaining('no run in this store') }])
  })

  test('a renamed licence store is deleted by path, size and hash as that run wrote them down', async () => {
    const wish = { cleanTokens: 'always', acceptRisk: ['officeLicences'] }
    const farm = await lab({ ...flagship, faults: [{ fault: 'office-app-open' }] })
    const before = await farm.run('kms-new-image', wish)
    expect(before.says).toBe('OFFICE_RUNNING')
    await before.answer('abort')
    powerOn(farm.model, farm.master)
    await pass(farm, 5)
    farm.master.running?.officeApps.splice(0)
    const run = await mending(farm, mendOf(await offers(farm, 'tokens.store')))
    expect(run.approval?.because.join('\n')).toContain(`run ${before.id} renamed it`)
    await run.answer('approve')
    expect(run.says).toBe('mended')
    expect(await offers(farm, 'tokens.store')).toEqual([])
  })
})
