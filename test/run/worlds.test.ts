import { afterEach, describe, expect, test } from '@jest/globals'
import { closeLabs, lab } from './harness.ts'

afterEach(closeLabs)

const flagship = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const

describe('a plain update without a rearm, on which the sources contradict each other', () => {
  test('fails where its clones share one CMID, takes its promise off the disk, and the next update rearms', async () => {
    const farm = await lab(flagship)
    await farm.run('kms-new-image')
    const update = await farm.run('kms-update-image')

    expect(update.outcome).toBe('failed')
    expect(update.says).toBe('DUPLICATE_CMID')
    expect(update.story()).toContain('a plain update of a sealed image: rearmed at its last seal')
    expect(farm.disk.longDescription).toBe('')

    const next = await farm.run('kms-update-image')
    expect(next.outcome).toBe('verified')
    expect(next.story()).toContain('the disk carries no seal note')
  })

  test('is verified where preparing it again gives the clones CMIDs of their own, and no rearm is spent', async () => {
    const farm = await lab({ ...flagship, world: { kmsReset: 'renews' } })
    await farm.run('kms-new-image')
    const spent = farm.ledger(farm.names.master).rearms.length
    const update = await farm.run('kms-update-image')

    expect(update.outcome).toBe('verified')
    expect(farm.ledger(farm.names.master).rearms).toHaveLength(spent)
  })

  test('rearms when its policy says so', async () => {
    const farm = await lab(flagship)
    await farm.run('kms-new-image')
    const update = await farm.run('kms-update-image', { windows: { rearm: 'never' }, office: { rearm: 'never' } })
    expect(update.says).toBe('DUPLICATE_CMID')
    expect(update.story()).toContain('the workflow forbids a rearm')
  })
})

describe('a maintenance version, which no source shows to be prepared when it is promoted', () => {
  const wish = { acceptRisk: ['maintenanceVersion'] }

  test('fails on its canaries where it is not, and production never met it', async () => {
    const farm = await lab(flagship)
    await farm.run('kms-new-image')
    const run = await farm.run('kms-maintenance-version', wish)

    expect(run.outcome).toBe('failed')
    expect(run.says).toBe('DUPLICATE_CMID')
    expect(farm.disk.versions.map(({ access }) => access)).toEqual([0, 7])
    expect(
      farm
        .ledger()
        .filter((entry) => entry.did === 'mode')
        .map(({ n }) => n),
    ).toHaveLength(2)
  })

  test('goes to production by a decision alone', async () => {
    const farm = await lab({ ...flagship, world: { promotePreps: 'yes' } })
    await farm.run('kms-new-image')
    const run = await farm.run('kms-maintenance-version', { ...wish, release: { mode: 'reenable' } })

    expect(run.approval?.what).toBe('promote version 1 of W11-Office to production')
    expect(farm.disk.versions[1]?.access).toBe(7)
    await run.approveAll()
    expect(run.outcome).toBe('verified')
    expect(farm.disk.versions[1]?.access).toBe(0)
  })

  test('is deleted again when the run is aborted before its promotion', async () => {
    const farm = await lab(flagship)
    await farm.run('kms-new-image')
    const run = await farm.run('kms-maintenance-version', { ...wish, approvals: { rearmOffice: true } })
    expect(farm.disk.versions).toHaveLength(2)
    await run.answer('abort')

    expect(run.outcome).toBe('aborted')
    expect(farm.disk.versions).toHaveLength(1)
    expect(farm.master).toMatchObject({ type: 0, power: 'off' })
  })

  test('shows on the target whatever it shows: file and number prove it', async () => {
    const farm = await lab({ ...flagship, world: { promotePreps: 'yes', maintenanceWriteCacheType: 'other' } })
    await farm.run('kms-new-image')
    const run = await farm.run('kms-maintenance-version', wish)
    expect(run.outcome).toBe('verified')
  })
})

describe('a copied image', () => {
  test('that lost its .pvp is named before anything is booted', async () => {
    const farm = await lab(flagship)
    await farm.run('kms-new-image')
    farm.model.disks.push({
      ...structuredClone(farm.disk),
      guid: farm.model.random.guid(),
      name: 'Copy',
      licenseMode: 0,
      longDescription: '',
    })
    const before = farm.ledger().length
    const run = await farm.run('copied-image', {
      vdisk: { name: 'Copy' },
      waive: [{ check: 'disk.licenceMode', reason: 'to see the step' }],
    })

    expect(run.says).toBe('COPY_NOT_SEALED')
    expect(farm.ledger()).toHaveLength(before)
  })
})

describe('in every world the flagship is safe', () => {
  test.each([
    { d302: 'spp-functions' },
    { d302: 'reads-only' },
    { ospprearmAfterWindows: 'works' },
    { cmid: 'rearm-enough' },
    { cmid: 'rearm+prep' },
    { linkLossKillsAct: 'yes' },
  ] as const)('%j', async (world) => {
    const farm = await lab({ ...flagship, world })
    const run = await farm.run('kms-new-image')
    expect(run.outcome).toBe('verified')
    expect(farm.ledger(farm.names.master).rearms).toHaveLength(2)
  })

  test('where 0xC004D302 outlives the first boot no clone is ever called good', async () => {
    const farm = await lab({ ...flagship, world: { d302: 'persists' } })
    const run = await farm.run('kms-new-image')
    expect(run.says).toBe('CANARY_STORE_LOCKED')
  })
})
