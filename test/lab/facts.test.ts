import { describe, expect, test } from '@jest/globals'
import { kmsHost, serverHost, targetHost } from '../../src/lab/agent/agent-host.ts'
import { combinations } from '../../src/lab/model/combinations.ts'
import { checkFarm } from '../../src/lab/farm-file/load.ts'
import { presetFarm, presetNames, presetPairs } from '../../src/lab/farm-file/presets.ts'
import { officeKeys } from '../../src/lab/model/office-keys.ts'
import { windowsKeys } from '../../src/lab/model/windows-keys.ts'
import { windowsRelease } from '../../src/lab/model/windows-releases.ts'
import { isAnsweredBy, operations, type ArgsOf, type OperationName } from '../../src/wire/operations/catalogue.ts'
import { targetPart } from '../../src/wire/operations/target-state.ts'
import { stage, type Stage } from './stage.ts'

/** Arguments for every operation, in an order in which each can be performed; `stage.ask` checks the facts against the wire's schema. */
async function everyOperation(farm: Stage): Promise<OperationName[]> {
  const asked: OperationName[] = []
  const { master, disk, canaries } = farm.cast
  const ask = async <O extends OperationName>(host: string, op: O, args: ArgsOf<O>) => {
    asked.push(op)
    return await farm.ask(host, op, args)
  }
  const { guid } = disk
  const m = master.name
  await ask('PVS01', 'Get-VdpServerState', {})
  await ask('PVS01', 'Get-VdpDiskFiles', { store: 'Store1', name: disk.name })
  await ask('PVS01', 'Get-VdpDiskSlice', { store: 'Store1', name: disk.name, file: `${disk.name}.vhdx`, offset: 0, bytes: 1 })
  const [, soap] = farm.cast.server.services
  Object.assign(soap ?? {}, { state: 'stopped', exitCode: 1067 })
  await ask('PVS01', 'Start-VdpService', { name: 'soapserver' })
  await ask('PVS01', 'Get-VdpDiskState', { site: 'Main', store: 'Store1', name: disk.name })
  await ask('PVS01', 'Get-VdpDeviceState', { name: m })
  await ask('PVS01', 'New-VdpDisk', {
    site: 'Main',
    store: 'Store1',
    name: 'New',
    sizeMiB: 1000,
    vhdx: true,
    dynamic: true,
    serverName: null,
  })
  await ask('PVS01', 'Invoke-VdpHook', { script: 'exit 3', parameters: {}, timeoutSeconds: 10 })
  await ask('PVS01', 'Test-VdpMount', { guid })
  await ask('PVS01', 'Set-VdpDiskServer', { guid, serverName: 'PVS01' })
  await ask('PVS01', 'Set-VdpDiskServer', { guid, serverName: null })
  await ask('PVS01', 'Set-VdpDiskMode', { guid, expectedType: 9, writeCacheType: 0, writeCacheSizeMiB: 0 })
  await ask('PVS01', 'Start-VdpDevice', { deviceId: master.id })
  await farm.pass(120_000)

  const { tokens, office } = await ask(m, 'Get-VdpTargetState', { parts: [...targetPart.options] })
  await ask(m, 'Test-VdpKmsReachability', { host: null, port: null })
  const store = tokens?.stores.find((one) => one.file !== null)
  const reset = await ask(m, 'Reset-VdpTokenStore', { folder: store?.folder ?? '', sha256: store?.file?.sha256 ?? '' })
  await ask(m, 'Restore-VdpTokenStore', { backup: reset.renamedTo, sha256: store?.file?.sha256 ?? '' })
  const [backup] =
    (await farm.ask(m, 'Get-VdpTargetState', { parts: ['tokens'] })).tokens?.stores.flatMap((one) => one.backups) ?? []
  await ask(m, 'Remove-VdpTokenBackup', { backup: backup?.path ?? '', sha256: backup?.sha256 ?? '', bytes: backup?.bytes ?? 0 })
  const image = master.running?.image
  const release = image && windowsRelease(image.windows)
  await ask(m, 'Set-VdpWindowsKey', {
    key: windowsKeys.find((one) => one.family === release?.family && one.edition === image?.edition)?.key ?? '',
  })
  await ask(m, 'Set-VdpKmsHost', { machine: 'kms1.hq', port: 1688 })
  await ask(m, 'Invoke-VdpWindowsActivation', {})
  await ask(m, 'Get-VdpActivationEvents', { since: new Date(0).toISOString(), ids: [12288, 12289] })
  const install = office?.installs[0]
  for (const product of install?.products ?? []) {
    const key = officeKeys.find((one) => one.release === install?.release && one.product === product)?.key ?? ''
    const { after } = await ask(m, 'Set-VdpOfficeKey', {
      key,
      folder: install?.folder ?? '',
      service: install?.service ?? 'sppsvc',
    })
    expect(after).toEqual(expect.arrayContaining([expect.objectContaining({ partialKey: key.slice(-5) })]))
  }
  await ask(m, 'Invoke-VdpOfficeActivation', {})
  await ask(m, 'Set-VdpUpdateServices', { services: ['wuauserv'], state: 'stopped' })
  await ask(m, 'Clear-VdpSkipRearm', {})
  await ask(m, 'Invoke-VdpHook', { script: 'exit 3', parameters: {}, timeoutSeconds: 10 })
  await ask(m, 'Restart-VdpComputer', { reason: 'test' })
  await farm.pass(300_000)
  await ask(m, 'Invoke-VdpOfficeRearm', { tool: install?.rearmTool ?? '' })
  await ask(m, 'Invoke-VdpWindowsRearm', {})
  await ask(m, 'Stop-VdpComputer', { reason: 'test' })
  await farm.pass(180_000)
  await ask('PVS01', 'Set-VdpLicenseMode', { guid, licenseMode: 2 })
  await ask('PVS01', 'Set-VdpDiskMode', { guid, expectedType: 0, writeCacheType: 9, writeCacheSizeMiB: 4096 })
  await ask('PVS01', 'Set-VdpSealRecord', { guid, text: 'sealed' })
  const [canary] = canaries
  const same = { unassign: null, bootFrom: null, type: null, enabled: null }
  await ask('PVS01', 'Connect-VdpDevice', { deviceId: canary?.id ?? '', assign: guid, ...same })
  await ask('PVS01', 'Set-VdpDeviceDisk', { deviceId: canary?.id ?? '', guid, enabled: true })
  const { taskId } = await ask('PVS01', 'Stop-VdpDevice', { deviceId: canary?.id ?? '' })
  await ask('PVS01', 'Get-VdpTask', { taskId: taskId ?? '' })
  const { version } = await ask('PVS01', 'New-VdpMaintenanceVersion', { guid })
  await ask('PVS01', 'Publish-VdpVersion', { guid, version, to: 'test' })
  await ask('PVS01', 'Undo-VdpVersion', { guid, version })
  await ask('KMS1', 'Get-VdpKmsHostState', {})
  await ask('KMS1', 'Get-VdpKmsRequests', { since: new Date(0).toISOString() })
  return asked
}

describe('facts', () => {
  test.each(presetPairs)('every operation answers in the shape of its schema on $os with Office $office', async (pair) => {
    const asked = new Set(await everyOperation(stage(pair)))
    const others = ['Invoke-VdpImaging', 'Unlock-VdpDisk', 'Dismount-VdpDisk']
    expect([...asked, ...others].sort()).toEqual(Object.keys(operations).sort())
  })

  test('imaging copies the hard disk to the attached vDisk; unlocking and dismounting name whose they are', async () => {
    const farm = stage({
      os: 'windows-11-23h2',
      office: 'ltsc-2021',
      faults: [{ fault: 'attached-but-booted-from-hard-disk' }, { fault: 'stale-lock' }],
    })
    await farm.open()
    const { successLine } = await farm.ask('W11-MASTER', 'Invoke-VdpImaging', { volumeLicensing: 'none' })
    expect(successLine).toBe(true)
    await farm.shutDown()
    const { guid } = farm.cast.disk
    await farm.ask('PVS01', 'Unlock-VdpDisk', { guid, ownerId: farm.cast.master.id })
    await expect(farm.ask('PVS01', 'Unlock-VdpDisk', { guid, ownerId: farm.cast.master.id })).rejects.toMatchObject({
      error: { returnCode: 110 },
    })
    await expect(farm.ask('PVS01', 'Dismount-VdpDisk', { guid })).rejects.toMatchObject({ error: { returnCode: 17 } })
    const left = stage({ os: 'windows-7', faults: [{ fault: 'mount-left-behind' }] })
    const { before, after } = await left.ask('PVS01', 'Dismount-VdpDisk', { guid: left.cast.disk.guid })
    expect([before.mounted, after.mounted]).toEqual([{ guid: left.cast.disk.guid, name: 'W7-Office' }, null])
  })

  test('the lab answers every operation of the catalogue, each on the kind of host it belongs to', () => {
    const { farm, cast } = stage({ os: 'windows-11-23h2' })
    for (const host of [serverHost(farm, cast.server), targetHost(farm, cast.master), kmsHost(farm)]) {
      const meant = Object.entries(operations).filter(([op]) => isAnsweredBy(op as OperationName, host.role))
      expect([...host.answers].sort()).toEqual(meant.map(([name]) => name).sort())
    }
  })

  test('pairs of Windows and Office that do not exist are refused with their source, and the presets exist', () => {
    const never = combinations().filter((one) => one.never !== undefined)
    expect(never.length).toBeGreaterThan(10)
    for (const { windows, office, never: source } of never) {
      expect(() => checkFarm(presetFarm({ os: windows, office }))).toThrow(source)
    }
    expect(presetNames('server-2022')).toMatchObject({ master: 'S22-MASTER', disk: 'S22-Office' })
    for (const { os, office } of presetPairs)
      expect(combinations().find((one) => one.windows === os && one.office === office)?.never).toBeUndefined()
  })
})
