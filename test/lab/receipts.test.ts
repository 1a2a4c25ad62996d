import { describe, expect, test } from '@jest/globals'
import { MINUTE, stage } from './stage.ts'

const w11 = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const

describe('what a PVS server keeps of an act', () => {
  test('what is refused before the act leaves no receipt, what fails in it leaves its error', async () => {
    const farm = stage(w11)
    const { guid } = farm.cast.disk
    const mode = { guid, writeCacheType: 3, writeCacheSizeMiB: 0 }
    await expect(farm.ask('PVS01', 'Set-VdpDiskMode', { ...mode, expectedType: 0 })).rejects.toMatchObject({
      error: { kind: 'refused', message: 'WriteCacheType is 9, not 0 as expected' },
    })
    await expect(farm.ask('PVS01', 'Set-VdpDiskMode', { ...mode, expectedType: 9 })).rejects.toMatchObject({
      error: { kind: 'pvs', returnCode: 180 },
    })
    const { act } = await farm.ask('PVS01', 'Get-VdpServerState', {})
    expect(act.receipts).toMatchObject([
      { effect: '8k2/2', error: 'The writeCacheSize parameter value is invalid, the minimum is 1 and the maximum is 131072.' },
    ])
  })

  test('the first look of an act is taken before its receipt is written, the last one after', async () => {
    const farm = stage(w11)
    const { guid } = farm.cast.disk
    const { before, after } = await farm.ask('PVS01', 'Set-VdpLicenseMode', { guid, licenseMode: 2 })
    expect([before.act.receipts, after.act.receipts.map(({ effect, ended }) => [effect, ended])]).toEqual([[], [['8k2/1', null]]])
  })

  test('a hundred receipts are kept, and of a text a thousand and twenty-four characters', async () => {
    const farm = stage(w11)
    const { guid } = farm.cast.disk
    for (let n = 0; n < 105; n += 1) await farm.ask('PVS01', 'Set-VdpDiskServer', { guid, serverName: null })
    await farm.ask('PVS01', 'Invoke-VdpHook', {
      script: `Write-Output '${'x'.repeat(2000)}'`,
      parameters: {},
      timeoutSeconds: 9,
      beside: '',
    })
    const { act } = await farm.ask('PVS01', 'Get-VdpServerState', {})
    expect(act.receipts.map(({ effect }) => effect)).toEqual(Array.from({ length: 100 }, (_, n) => `8k2/${n + 7}`))
    expect(act.receipts.at(-1)?.result?.['program.output']).toBe('x'.repeat(1024))
  })

  test('only the run that created a version may take it away, and only the highest one', async () => {
    const farm = stage({ ...w11, faults: [{ fault: 'disk-has-versions' }] })
    const { guid } = farm.cast.disk
    const undo = (version: number) => farm.ask('PVS01', 'Undo-VdpVersion', { guid, version })
    await expect(undo(1)).rejects.toMatchObject({ error: { message: 'no receipt of 8k2 says that it created version 1' } })
    await farm.ask('PVS01', 'New-VdpMaintenanceVersion', { guid })
    await farm.ask('PVS01', 'Publish-VdpVersion', { guid, version: 2, to: 'production' })
    await farm.ask('PVS01', 'New-VdpMaintenanceVersion', { guid })
    await expect(undo(2)).rejects.toMatchObject({ error: { message: 'version 3 stands above version 2' } })
    expect((await undo(3)).after.versions.map(({ version }) => version)).toEqual([0, 1, 2])
  })

  test('an account that may only look changes nothing of PVS, and its hooks run all the same', async () => {
    const farm = stage({ ...w11, faults: [{ fault: 'access-denied' }] })
    const { guid } = farm.cast.disk
    await expect(farm.ask('PVS01', 'Set-VdpLicenseMode', { guid, licenseMode: 2 })).rejects.toMatchObject({
      error: { returnCode: 22 },
    })
    const hook = { script: 'exit 3', parameters: {}, timeoutSeconds: 9, beside: '' }
    expect((await farm.ask('PVS01', 'Invoke-VdpHook', hook)).program.exitCode).toBe(3)
    expect(farm.ledger('PVS01').entries.map(({ did }) => did)).toEqual(['hook'])
  })

  test('a disk that is not assigned to a device cannot be enabled for it', async () => {
    const farm = stage(w11)
    const [canary] = farm.cast.canaries
    const wish = { deviceId: canary?.id ?? '', guid: farm.cast.disk.guid, enabled: true }
    await expect(farm.ask('PVS01', 'Set-VdpDeviceDisk', wish)).rejects.toMatchObject({ error: { returnCode: 50 } })
  })

  test('the trail of a disk shows what happened to it, and not to one whose name begins alike', async () => {
    const farm = stage(w11)
    const { guid, name } = farm.cast.disk
    await farm.ask('PVS01', 'Set-VdpLicenseMode', { guid, licenseMode: 2 })
    const at = farm.farm.time.now()
    farm.farm.audit.push({ at, by: 'HQ\\j.doe', action: 'SetDisk', object: `${name}-2` })
    const { recentChanges } = await farm.ask('PVS01', 'Get-VdpDiskState', { guid })
    expect(recentChanges).toMatchObject([{ action: 'SetDisk', object: name, by: 'HQ\\vdp-admin' }])
  })

  test('a mode change that fails after its request leaves the error in its task', async () => {
    const farm = stage({ ...w11, faults: [{ fault: 'mode-change-as-task' }, { fault: 'mount-sticks' }] })
    const { guid } = farm.cast.disk
    await farm.toPrivate()
    await farm.pass(MINUTE)
    await farm.licenseMode(2)
    const { taskId } = await farm.toStandard()
    await farm.pass(MINUTE)
    expect(await farm.ask('PVS01', 'Get-VdpTask', { taskId: taskId ?? '' })).toMatchObject({
      state: 2,
      error: { returnCode: 88, message: 'Failed to unmap a vDisk.', details: '' },
    })
    const { disk } = await farm.ask('PVS01', 'Get-VdpDiskState', { guid })
    expect(disk).toMatchObject({ writeCacheType: 0, mapped: true })
  })
})
