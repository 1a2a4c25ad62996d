import { describe, expect, test } from '@jest/globals'
import { faultTable } from '../../src/faults/table.ts'
import { listFaults } from '../../src/lab/faults/catalogue.ts'
import { worldMeanings, worldSchema, type World } from '../../src/lab/model/worlds.ts'
import { stage } from './stage.ts'

const w11 = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const

describe('the named faults', () => {
  test('there are more than forty, and each that stops a run names a code of the fault table', () => {
    expect(listFaults().length).toBeGreaterThan(40)
    for (const { name, expect: code } of listFaults()) {
      if (code !== null) expect([name, Object.keys(faultTable)]).toEqual([name, expect.arrayContaining([code])])
    }
  })

  test.each(listFaults().map((one) => one.name))('%s can be laid, and the farm still answers', async (fault) => {
    const farm = stage({ ...w11, faults: [{ fault }] })
    const { server } = await farm.ask('PVS01', 'Get-VdpServerState', {})
    expect(server).toBe('PVS01')
  })

  test('a fault can be laid when the machine boots or shuts down: until then nothing is wrong', async () => {
    const farm = stage({
      ...w11,
      faults: [
        { fault: 'missing-driver', when: 'shutdown' },
        { fault: 'kms-down', when: 'boot' },
      ],
    })
    expect(farm.farm.kms.reachable).toBe(true)
    await farm.open()
    expect(farm.farm.kms.reachable).toBe(false)
    await farm.ask('PVS01', 'Get-VdpServerState', {})
    await farm.rearmWindows()
    expect(farm.cast.server.drivers[0]?.present).toBe(true)
    await farm.shutDown()
    await farm.licenseMode(2)
    await expect(farm.toStandard()).rejects.toMatchObject({ error: { returnCode: 84 } })
  })

  test('every choice of every world has its meaning in words', () => {
    for (const [name, schema] of Object.entries(worldSchema.shape)) {
      expect(Object.keys(worldMeanings[name as keyof World]).sort()).toEqual([...schema.unwrap().options].sort())
    }
  })

  test('a fault that does not read a word says so', () => {
    expect(() => stage({ ...w11, faults: [{ fault: 'kms-down', server: 'PVS01' }] })).toThrow('does not read server')
    expect(() => stage({ ...w11, faults: [{ fault: 'missing-driver', server: 'PVS09' }] })).toThrow('there is no PVS09')
  })

  test('a reboot inside the window, however it comes, completes the rearm on the image', async () => {
    for (const fault of ['reboot-inside-window', 'rebooted-during-shutdown']) {
      const farm = stage({ ...w11, faults: [{ fault }] })
      await farm.open()
      await farm.rearmWindows()
      if (fault === 'rebooted-during-shutdown') await farm.shutDown()
      await farm.pass(300_000)
      expect(farm.ledger('W11-MASTER').shutdowns).toEqual(['reboot'])
      expect(farm.ledger('W11-MASTER').boots).toHaveLength(2)
      expect(farm.cast.disk.versions[0]?.image?.licensing.rearm).toBe('none')
    }
  })

  test('a task that lies leaves the machine running and the mode as it was', async () => {
    const shutdown = stage({ ...w11, faults: [{ fault: 'task-false-success' }] })
    await shutdown.open()
    await shutdown.shutDown()
    expect(shutdown.cast.master.power).toBe('running')
    const mode = stage({ ...w11, faults: [{ fault: 'mode-task-lies' }] })
    const { taskId } = await mode.ask('PVS01', 'Set-VdpDiskMode', {
      guid: mode.cast.disk.guid,
      expectedType: 9,
      writeCacheType: 0,
      writeCacheSizeMiB: 0,
    })
    await mode.pass(120_000)
    expect(await mode.ask('PVS01', 'Get-VdpTask', { taskId: taskId ?? '' })).toMatchObject({ state: 2, error: null })
    expect(mode.cast.disk.writeCacheType).toBe(9)
  })

  test('a mode change as a task ends as the task says', async () => {
    const farm = stage({ ...w11, faults: [{ fault: 'mode-change-as-task' }] })
    const { taskId, after } = await farm.ask('PVS01', 'Set-VdpDiskMode', {
      guid: farm.cast.disk.guid,
      expectedType: 9,
      writeCacheType: 0,
      writeCacheSizeMiB: 0,
    })
    expect(after.disk?.writeCacheType).toBe(9)
    await farm.pass(120_000)
    expect(await farm.ask('PVS01', 'Get-VdpTask', { taskId: taskId ?? '' })).toMatchObject({ state: 2 })
    expect(farm.cast.disk.writeCacheType).toBe(0)
  })

  test('a hung OSPPREARM is killed by its time limit, and nothing was rearmed', async () => {
    const farm = stage({ ...w11, faults: [{ fault: 'hung-program' }] })
    await farm.open()
    expect(await farm.rearmOffice()).toMatchObject({ program: { timedOut: true, exitCode: null }, marker: true })
    expect(farm.ledger('W11-MASTER').rearms).toEqual([])
  })

  test('a store that was rearmed before answers 0xC004D302 until the next boot', async () => {
    const farm = stage({ ...w11, faults: [{ fault: 'already-rearmed' }] })
    const query = async () =>
      (await farm.ask('W11-MASTER', 'Get-VdpTargetState', { parts: ['windowsLicense'] })).windowsLicense?.query
    await farm.open()
    expect(await query()).toMatchObject({ code: '0xC004D302' })
    await farm.ask('W11-MASTER', 'Restart-VdpComputer', { reason: 'test' })
    await farm.pass(300_000)
    expect(await query()).toEqual({ answers: true })
  })

  test('an account that may only look is refused with 22 and changes nothing', async () => {
    const farm = stage({ ...w11, faults: [{ fault: 'access-denied' }] })
    await expect(farm.licenseMode(2)).rejects.toMatchObject({ error: { kind: 'pvs', returnCode: 22 } })
    expect(farm.cast.disk.licenseMode).toBe(0)
  })

  test('another administrator closes the disk before the seal: the change to Standard finds nothing to change', async () => {
    const farm = stage({ ...w11, faults: [{ fault: 'already-standard' }] })
    await farm.open()
    await farm.rearmWindows()
    await farm.shutDown()
    await farm.licenseMode(2)
    await expect(farm.toStandard()).rejects.toMatchObject({ error: { kind: 'refused' } })
    expect(farm.ledger('PVS01').kmsPreps).toEqual([])
  })

  test('what each machine fault shows in the facts is what a judge can see', async () => {
    const wrong = stage({ ...w11, faults: [{ fault: 'wrong-disk-booted' }, { fault: 'identity-mismatch' }] })
    await wrong.open()
    const { pvs, identity } = await wrong.ask('W11-MASTER', 'Get-VdpTargetState', { parts: ['pvs', 'identity'] })
    expect(pvs?.diskName).toBe('W11-Old.vhdx')
    expect(identity).toMatchObject({ computerName: 'W11-OTHER', macs: ['00:15:5D:FF:FF:FF'] })
    const doubled = stage({ ...w11, faults: [{ fault: 'duplicate-disk-names' }] })
    const state = await doubled.ask('PVS01', 'Get-VdpDiskState', { site: 'Main', store: 'Store1', name: 'W11-Office' })
    expect([state.found, state.disk]).toEqual([2, undefined])
  })
})
