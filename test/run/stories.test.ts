import { afterEach, describe, expect, test } from '@jest/globals'
import { pass, restart } from './mending.ts'
import { closeLabs, jonas, lab, maria } from './harness.ts'

afterEach(closeLabs)

const flagship = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const
const once = [
  { product: 'Office', effective: true },
  { product: 'Windows', effective: true },
]

describe('a link that is lost around an act', () => {
  test('a rearm whose answer was lost is proved by receipt and service, not repeated', async () => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'link-lost-after-act' }] })
    const run = await farm.run('kms-new-image')

    expect(run.outcome).toBe('verified')
    expect(farm.ledger(farm.names.master).rearms).toEqual(once)
    expect(run.story()).toContain("rearmWindows.rearmWindows: the host's receipt says: ended")
    expect(run.story()).toContain('the service answers 0xC004D302 now')
  })

  test('a rearm whose request was lost has no receipt: it never began, and is made', async () => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'link-lost-before-act' }] })
    const run = await farm.run('kms-new-image')

    expect(run.outcome).toBe('verified')
    expect(farm.ledger(farm.names.master).rearms).toEqual(once)
    expect(run.story()).toContain("rearmWindows.rearmWindows: the host's receipt says: none")
  })

  test.each(['link-lost-before-act', 'link-lost-after-act'])('%s: the Office rearm is made once', async (fault) => {
    const farm = await lab({ ...flagship, faults: [{ fault, op: 'Invoke-VdpOfficeRearm' }] })
    const run = await farm.run('kms-new-image')

    expect(run.outcome).toBe('verified')
    expect(farm.ledger(farm.names.master).rearms).toEqual(once)
  })

  test.each(['link-lost-before-act', 'link-lost-after-act'])('%s: the disk is switched and prepared once', async (fault) => {
    const farm = await lab({ ...flagship, faults: [{ fault, op: 'Set-VdpDiskMode', value: 2 }] })
    const run = await farm.run('kms-new-image')

    expect(run.outcome).toBe('verified')
    const [server] = farm.model.servers
    expect(farm.ledger(server?.name ?? '').kmsPreps).toEqual([{ disk: farm.names.disk, kind: 'prep', rearmed: true }])
    expect(farm.ledger(server?.name ?? '').modes.map(({ to }) => to)).toEqual([0, 9])
  })

  test('where a lost link kills the act under way, a rearm without an end holds and spends nothing by itself', async () => {
    const farm = await lab({ ...flagship, world: { linkLossKillsAct: 'yes' }, faults: [{ fault: 'link-lost-before-act' }] })
    const run = await farm.run('kms-new-image')

    expect(run.outcome).toBe('verified')
    expect(farm.ledger(farm.names.master).rearms).toEqual(once)
  })
})

describe('a reboot inside the no-reboot window', () => {
  test('between the two rearms it costs the Office rearm, and only the decision spends another', async () => {
    const farm = await lab(flagship)
    const run = await farm.run('kms-new-image', { approvals: { rearmWindows: true } })
    expect(run.approval?.what).toBe('rearm Windows')
    await restart(farm)
    await run.answer('approve', { by: jonas })

    expect(run.says).toBe('REARM_LOST')
    expect(run.held?.options.map(({ name }) => name)).toEqual(['rearm-again'])
    expect(farm.ledger(farm.names.master).rearms).toEqual([{ product: 'Office', effective: true }])

    await (await run.answer('approve', { option: 'rearm-again', by: jonas })).approveAll()
    expect(run.outcome).toBe('verified')
    expect(farm.ledger(farm.names.master).rearms.map(({ product }) => product)).toEqual(['Office', 'Office', 'Windows'])
  })

  test('while the seal waits for its approval it is noticed before the shutdown, and both rearms are made again by decision', async () => {
    const farm = await lab(flagship)
    const run = await farm.run('kms-new-image', { approvals: { sealVDisk: true } })
    expect(run.approval?.place).toBe('sealVDisk.shutDownTarget')
    await restart(farm)
    await run.answer('approve', { by: jonas })

    expect(run.says).toBe('REARM_LOST')
    expect(farm.ledger().filter(({ did }) => did === 'kms-prep')).toEqual([])

    await (await run.answer('approve', { option: 'rearm-again', by: jonas })).approveAll()
    expect(run.outcome).toBe('verified')
    expect(farm.ledger(farm.names.master).rearms.map(({ product }) => product)).toEqual([
      'Office',
      'Windows',
      'Office',
      'Windows',
    ])
  })

  test('before any rearm it costs nothing: everything is checked again', async () => {
    const farm = await lab(flagship)
    const image = farm.disk.versions[0]?.image
    for (const service of Object.values(image?.updates.services ?? {}))
      Object.assign(service, { state: 'stopped', startMode: 'disabled' })
    const run = await farm.run('kms-new-image', { approvals: { rearmOffice: true } })
    expect(run.approval?.what).toBe('rearm Office')
    await restart(farm)
    await run.answer('approve', { by: jonas })

    expect(run.says).toBe('REBOOTED_BEFORE_REARM')
    await (await run.answer('approve', { option: 'check-again' })).approveAll()
    expect(run.outcome).toBe('verified')
    expect(farm.ledger(farm.names.master).rearms).toEqual(once)
  })

  test('a machine that comes back after its shutdown while nobody looked is not sealed', async () => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'rebooted-during-shutdown' }] })
    const run = await farm.run('kms-new-image', { policy: { sealVDisk: { poll: '2m' } } })

    expect(run.says).toBe('REARM_LOST')
    expect(farm.ledger().filter(({ did }) => did === 'kms-prep')).toEqual([])
    await run.answer('approve', { option: 'rearm-again' })
    expect(run.outcome).toBe('verified')
    expect(farm.ledger(farm.names.master).rearms.map(({ product }) => product)).toEqual([
      'Office',
      'Windows',
      'Office',
      'Windows',
    ])
  })
})

describe('what a workflow wants approved', () => {
  test('by another person is not approved by the one who started the run, whatever name he claims', async () => {
    const farm = await lab(flagship)
    const run = await farm.run('kms-new-image', {
      approvals: { rearmOffice: { anotherPerson: true, reason: 'two pairs of eyes' } },
    })
    expect(run.approval?.anotherPerson).toBe(true)

    const refused = await run.decide('approve', { by: { ...maria, claim: 'jonas' } })
    expect(refused?.code).toBe('DECISION_REFUSED')
    expect(refused?.details['why']).toContain('another person than maria')
    expect(farm.ledger(farm.names.master).rearms).toEqual([])

    await run.answer('approve', { by: jonas })
    expect(run.outcome).toBe('verified')
    expect(run.view.decisions.map(({ by }) => by.login)).toEqual(['jonas'])
  })

  test('stands on fresh facts: a SkipRearm that appeared while it waited holds the run', async () => {
    const farm = await lab(flagship)
    const run = await farm.run('kms-new-image', { approvals: { rearmWindows: true } })
    Object.assign(farm.master.running?.image.licensing ?? {}, { skipRearm: 1 })
    await pass(farm, 60)
    await run.answer('approve', { by: jonas })

    expect(run.says).toBe('SKIP_REARM_SET')
    await run.answer('approve', { option: 'remove-skip-rearm', by: jonas })
    expect(run.outcome).toBe('verified')
    expect(farm.ledger(farm.names.master).rearms).toEqual(once)
  })
})
