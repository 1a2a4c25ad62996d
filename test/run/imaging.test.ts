import { afterEach, describe, expect, test } from '@jest/globals'
import { takeOver } from '../../src/engine/take-over.ts'
import { faultOf } from '../../src/faults/fault.ts'
import type { PresetWish } from '../../src/lab/farm-file/presets.ts'
import { alreadyOn } from '../../src/lab/model/power.ts'
import { connect } from '../../src/store/sqlite/connect.ts'
import { openStore } from '../../src/store/sqlite/open.ts'
import { closeLabs, jonas, lab, type LabFarm } from './harness.ts'

afterEach(closeLabs)

const wish = { vdisk: { create: 'imaging-wizard', size: '80GiB' }, acceptRisk: ['imagingWizard'] }

/** A farm whose master has Windows and Office on its own hard disk; the vDisk is not there yet. */
async function workshop(more: Partial<PresetWish> = {}): Promise<LabFarm> {
  return await lab({ os: 'windows-11-23h2', office: 'ltsc-2021', onHardDisk: true, ...more })
}

const made = (farm: LabFarm) => farm.model.disks.filter(({ name }) => name === farm.names.disk)
const didOf = (farm: LabFarm, did: 'imaging' | 'disk-created') => farm.ledger().filter((entry) => entry.did === did).length
const bootsOf = (farm: LabFarm) => farm.ledger(farm.names.master).boots.map(({ how }) => how)

describe('a vDisk made by the Imaging Wizard', () => {
  test('is made, filled from the hard disk, booted, prepared and proved on two clones', async () => {
    const farm = await workshop()
    const run = await farm.run('kms-new-image', wish)

    expect(run.says).toBe('verified')
    expect(didOf(farm, 'disk-created')).toBe(1)
    expect(didOf(farm, 'imaging')).toBe(1)
    expect(bootsOf(farm)).toEqual(['hard-disk', 'read-write'])
    expect(made(farm)).toMatchObject([{ guid: run.view.memory.made, writeCacheType: 9, licenseMode: 2, sizeMiB: 81_920 }])
    expect(farm.master.localImage?.licensing.rearm).toBe('none')
    expect(farm.ledger(farm.names.master).rearms).toHaveLength(2)
    const cmids = run.view.memory.clones.map(({ cmid }) => cmid)
    expect(new Set([...cmids, farm.master.localImage?.licensing.cmid]).size).toBe(3)
    expect(farm.master).toMatchObject({ bootFrom: 2, disks: [], power: 'off' })
  })

  test('on local stores is copied to the other servers only after the seal', async () => {
    const farm = await workshop({ store: 'local' })
    const run = await farm.run('kms-new-image', wish)

    expect(run.says).toBe('REPLICA_STALE')
    expect(run.held?.place).toBe('sealVDisk.confirmSeal')
  })

  test('of a machine that is in use waits for leave to restart it', async () => {
    const farm = await workshop()
    alreadyOn(farm.model, farm.master)
    const run = await farm.run('kms-new-image', wish)
    expect(run.approval).toMatchObject({ what: `restart ${farm.names.master}` })
    expect(bootsOf(farm)).toEqual(['hard-disk'])

    await run.approveAll()
    expect(run.says).toBe('verified')
    expect(bootsOf(farm)).toEqual(['hard-disk', 'hard-disk', 'read-write'])
  })

  test.each(['link-lost-before-act', 'link-lost-after-act'])('%s: the disk is made once and filled once', async (fault) => {
    const faults = ['New-VdpDisk', 'Invoke-VdpImaging'].map((op) => ({ fault, op }))
    const farm = await workshop({ faults })
    const run = await farm.run('kms-new-image', wish)

    expect(run.says).toBe('verified')
    expect(didOf(farm, 'disk-created')).toBe(1)
    expect(didOf(farm, 'imaging')).toBe(1)
  })
})

describe('a process that dies', () => {
  test.each(['disk-created', 'imaging'] as const)(
    'at "%s", before it has written that down: nothing is done twice',
    async (did) => {
      const farm = await workshop()
      const run = await farm.run('kms-new-image', { ...wish, approvals: { createVDisk: true } })
      await run.decide('approve', { by: jonas })
      const blocker = connect(farm.storeFile, {})
      let blocked = false
      farm.model.ledger.onWrite(() => {
        if (blocked || farm.ledger().at(-1)?.did !== did) return
        blocked = true
        blocker.db.exec('begin immediate')
      })
      const usual = farm.openStore
      farm.openStore = () => openStore(farm.storeFile, { patienceMs: 200 })
      const fault = await run.resume().then(
        () => null,
        (thrown: unknown) => faultOf(thrown),
      )
      expect(fault?.code).toBe('STORE_BUSY')
      farm.openStore = usual
      blocker.db.exec('rollback')
      blocker.db.close()
      expect(didOf(farm, did)).toBe(1)

      const world = await farm.world()
      if ((await world.store.leases()).length > 0) await takeOver(world, farm.composition.ids, run.id, jonas, 'it died')
      await Promise.all([world.store.close(), world.hosts.close()])
      await run.resume(jonas)
      expect(run.says).toBe('verified')
      expect(run.story()).toContain("the host's receipt says: ended")
      expect([didOf(farm, 'disk-created'), didOf(farm, 'imaging')]).toEqual([1, 1])
    },
  )
})

describe('a name that is taken', () => {
  test('holds by the check before anything is done', async () => {
    const farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021' })
    const before = structuredClone({ ...farm.disk, versions: [] })
    const run = await farm.run('kms-new-image', wish)

    expect(run.says).toBe('CHECKS_FAILED')
    expect(run.held?.fault.details['checks']).toContain('disk.found')
    await run.answer('approve', { option: 'disk.found' })
    expect(run.says).toBe('VDISK_EXISTS')
    await run.answer('abort')
    expect(run.says).toBe('aborted')
    expect({ ...farm.disk, versions: [] }).toEqual(before)
    expect(farm.ledger().filter(({ machine }) => machine !== 'console')).toEqual([])
  })

  test('by another administrator, while the run waits for leave, is not taken for our own', async () => {
    const farm = await workshop()
    const [other] = farm.model.disks
    const run = await farm.run('kms-new-image', { ...wish, approvals: { createVDisk: true } })
    expect(run.approval?.what).toContain(`make ${farm.names.disk}`)
    if (other !== undefined)
      farm.model.disks.push({ ...structuredClone(other), guid: farm.model.random.guid(), name: farm.names.disk })
    await run.answer('approve', { by: jonas })

    expect(run.says).toBe('VDISK_EXISTS')
    expect(didOf(farm, 'disk-created')).toBe(0)
  })
})

describe('imaging that fails', () => {
  test('is repeated by a decision alone, from the same proved state', async () => {
    const farm = await workshop({ faults: [{ fault: 'imaging-fails' }] })
    const run = await farm.run('kms-new-image', wish)
    expect(run.says).toBe('IMAGING_FAILED')
    expect(run.held?.fault.details['why']).toContain('Volume could not be copied')
    expect(bootsOf(farm)).toEqual(['hard-disk'])

    await run.answer('retry')
    expect(run.says).toBe('verified')
    expect(didOf(farm, 'imaging')).toBe(1)
  })

  test('and is given up leaves the disk and says how to delete it', async () => {
    const farm = await workshop({ faults: [{ fault: 'imaging-fails' }] })
    const run = await farm.run('kms-new-image', wish)
    await run.answer('abort', { by: jonas })

    expect(run.says).toBe('aborted')
    const [disk] = made(farm)
    expect(disk?.locks).toEqual([])
    expect(run.story()).toContain(`Remove-PvsDiskLocator -Guid ${disk?.guid ?? '?'} -DeleteDiskFile`)
    expect(run.view.memory.remains).toHaveLength(1)
    expect(farm.master).toMatchObject({ bootFrom: 2, disks: [], power: 'off', active: false })
  })

  test('is not begun where Windows came up without the new vDisk', async () => {
    const farm = await workshop()
    farm.model.onPower.push((device) => void Object.assign(device, { session: null }))
    const run = await farm.run('kms-new-image', wish)

    expect(run.says).toBe('IMAGING_NOT_READY')
    expect(didOf(farm, 'imaging')).toBe(0)
  })
})
