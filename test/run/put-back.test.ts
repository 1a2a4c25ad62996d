import { afterEach, describe, expect, test } from '@jest/globals'
import { replicate } from '../../src/lab/model/replicas.ts'
import { closeLabs, jonas, lab, type LabFarm } from './harness.ts'

afterEach(closeLabs)

const flagship = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const

/** What a run may change for its own purpose, as the farm really has it. */
function standing(farm: LabFarm) {
  const { disk, model } = farm
  return structuredClone({
    mode: disk.writeCacheType,
    licenseMode: disk.licenseMode,
    server: disk.serverName,
    devices: model.devices.map(({ name, type, enabled, bootFrom, disks, power }) => ({
      name,
      type,
      enabled,
      bootFrom,
      disks,
      power,
    })),
  })
}

describe('an abort puts back what the run changed', () => {
  test('before the image was touched: mode, licence mode, assignment, boot source and the pinned server', async () => {
    const farm = await lab({ ...flagship, store: 'local', faults: [{ fault: 'no-power' }] })
    Object.assign(farm.disk, { licenseMode: 2 })
    Object.assign(farm.master, { bootFrom: 2, type: 1 })
    farm.master.disks.length = 0
    const before = standing(farm)
    const run = await farm.run('kms-update-image')
    expect(run.says).toBe('TARGET_DID_NOT_BOOT')
    expect(standing(farm)).not.toEqual(before)
    await run.answer('abort', { by: jonas })

    expect(run.outcome).toBe('aborted')
    expect(standing(farm)).toEqual(before)
    expect(farm.ledger().filter(({ did }) => did === 'kms-prep')).toEqual([])
  })

  test('after the image was touched: everything but its mode, which is not closed as if nothing had happened', async () => {
    const farm = await lab({ ...flagship, store: 'local' })
    Object.assign(farm.master, { bootFrom: 2 })
    const before = standing(farm)
    const run = await farm.run('kms-new-image', { approvals: { rearmWindows: true } })
    await run.answer('abort', { by: jonas })

    expect(run.outcome).toBe('aborted')
    expect(standing(farm)).toEqual({ ...before, mode: 0 })
    expect(farm.ledger().filter(({ did }) => did === 'kms-prep')).toEqual([])
  })

  test('while production devices are kept off the disk: they stay off as long as it is open', async () => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'assigned-to-others' }] })
    const run = await farm.run('kms-new-image', { vdisk: { open: 'in-place' }, approvals: { rearmWindows: true } })
    await run.answer('approve', { by: jonas })
    expect(run.approval?.what).toBe('rearm Windows')
    await run.answer('abort')

    expect(run.outcome).toBe('aborted')
    expect(farm.lab.cast.production[0]?.disks).toEqual([{ guid: farm.disk.guid, enabled: false }])
    expect(run.story()).toContain('stays disabled for this disk: it is open read/write')
  })
})

describe('a run that ends well', () => {
  test('in place keeps the other devices off the open disk and gives it back to them after the proof', async () => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'assigned-to-others' }] })
    const run = await farm.run('kms-new-image', { vdisk: { open: 'in-place' }, release: { mode: 'reenable' } })
    expect(run.approval?.because.join()).toContain('cannot boot W11-Office until the release')
    await run.approveAll()

    expect(run.outcome).toBe('verified')
    expect(farm.lab.cast.production[0]?.disks).toEqual([{ guid: farm.disk.guid, enabled: true }])
  })

  test('in place leaves it to a person to give the disk back where the workflow says so, and says what is left', async () => {
    const farm = await lab({ ...flagship, faults: [{ fault: 'assigned-to-others' }] })
    const run = await farm.run('kms-new-image', { vdisk: { open: 'in-place' }, release: { mode: 'manual' } })
    await run.approveAll()

    expect(run.outcome).toBe('verified')
    expect(farm.lab.cast.production[0]?.disks).toEqual([{ guid: farm.disk.guid, enabled: false }])
    expect(run.story()).toContain('stays disabled for this disk')
  })

  test('on local stores waits until somebody has copied the sealed files to every server', async () => {
    const farm = await lab({ ...flagship, store: 'local' })
    const run = await farm.run('kms-new-image')
    expect(run.says).toBe('REPLICA_STALE')
    expect(farm.disk.serverName).toBe('PVS01')
    expect(farm.ledger().filter(({ did }) => did === 'boot')).toHaveLength(1)

    replicate(farm.model, farm.disk)
    await run.answer('retry')
    expect(run.outcome).toBe('verified')
    expect(farm.disk.serverName).toBeNull()
  })

  test('leaves devices and servers as they were', async () => {
    const farm = await lab(flagship)
    const before = standing(farm)
    const run = await farm.run('kms-new-image')
    expect(run.outcome).toBe('verified')
    expect(standing(farm)).toEqual({ ...before, licenseMode: 2 })
  })

  test('gives devices the disk that the workflow names, after the proof', async () => {
    const farm = await lab(flagship)
    const run = await farm.run('kms-new-image', { release: { mode: 'assign', devices: [farm.names.production] } })
    expect(run.outcome).toBe('verified')
    expect(farm.lab.cast.production[0]?.disks).toEqual([{ guid: farm.disk.guid, enabled: true }])
  })
})
