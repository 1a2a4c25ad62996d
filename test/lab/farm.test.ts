import { describe, expect, test } from '@jest/globals'
import { replicate } from '../../src/lab/model/replicas.ts'
import { MINUTE, stage } from './stage.ts'

const w11 = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const

describe('the PVS farm', () => {
  test('KMS preparation runs only on the change from Private to Standard with licence mode KMS', async () => {
    const farm = stage(w11)
    const { server, disk } = farm.cast
    const preps = () => farm.ledger(server.name).kmsPreps.map((one) => one.kind)
    await farm.licenseMode(2)
    await farm.ask('PVS01', 'Set-VdpDiskMode', { guid: disk.guid, expectedType: 9, writeCacheType: 3, writeCacheSizeMiB: 512 })
    expect(preps()).toEqual([])
    await farm.ask('PVS01', 'Set-VdpDiskMode', { guid: disk.guid, expectedType: 3, writeCacheType: 0, writeCacheSizeMiB: 0 })
    await farm.licenseMode(0)
    await farm.toStandard()
    expect(preps()).toEqual([])
    await farm.toPrivate()
    await farm.licenseMode(2)
    await farm.toStandard()
    await farm.toPrivate()
    await farm.toStandard()
    expect(preps()).toEqual(['prep', 'reset'])
    expect(farm.ledger('PVS01').mounts).toEqual(['W11-Office', 'W11-Office'])
    expect(farm.ledger('PVS01').dismounts).toEqual(['W11-Office', 'W11-Office'])
  })

  test('the shutdown task is complete while the device still runs, and the lock outlives the device', async () => {
    const farm = stage(w11)
    await farm.open()
    const { master, disk } = farm.cast
    const { taskId } = await farm.ask('PVS01', 'Stop-VdpDevice', { deviceId: master.id })
    const seen: string[] = []
    for (let seconds = 0; seconds < 120; seconds += 2) {
      const task = await farm.ask('PVS01', 'Get-VdpTask', { taskId: taskId ?? '' })
      const { device } = await farm.ask('PVS01', 'Get-VdpDeviceState', { deviceId: master.id })
      const { locks } = await farm.ask('PVS01', 'Get-VdpDiskState', { guid: disk.guid })
      const now = `${task.state === 2 ? 'task complete' : 'task runs'}, ${device?.active ? 'active' : 'inactive'}, ${locks.length > 0 ? 'locked' : 'unlocked'}`
      if (seen.at(-1) !== now) seen.push(now)
      await farm.pass(2000)
    }
    expect(seen).toEqual([
      'task runs, active, locked',
      'task complete, active, locked',
      'task complete, inactive, locked',
      'task complete, inactive, unlocked',
    ])
    expect(farm.ledger('W11-MASTER').shutdowns).toEqual(['off'])
  })

  test('a Private disk serves one device; a Standard one serves many read-only', async () => {
    const farm = stage(w11)
    await farm.open()
    const [first, second] = await farm.bootCanaries()
    expect([first, second]).toEqual([undefined, undefined])
    expect(farm.cast.canaries.map((one) => one.power)).toEqual(['stuck', 'stuck'])
    await farm.shutDown()
    await farm.pass(2 * MINUTE)
    expect(farm.cast.canaries.filter((one) => one.active)).toHaveLength(1)
  })

  test.each([
    ['missing-driver', 84],
    ['missing-privilege', 209],
    ['privilege-not-restarted', 209],
    ['foreign-mount', 85],
    ['mount-left-behind', 199],
  ])('with %s the change to Standard fails with code %i and changes nothing', async (fault, returnCode) => {
    const farm = stage(w11)
    await farm.ask('PVS01', 'Set-VdpDiskMode', {
      guid: farm.cast.disk.guid,
      expectedType: 9,
      writeCacheType: 0,
      writeCacheSizeMiB: 0,
    })
    await farm.licenseMode(2)
    const broken = stage({ ...w11, faults: [{ fault }] })
    broken.cast.disk.writeCacheType = 0
    broken.cast.disk.licenseMode = 2
    await expect(broken.toStandard()).rejects.toMatchObject({ error: { kind: 'pvs', returnCode } })
    expect(broken.cast.disk.writeCacheType).toBe(0)
    expect(broken.farm.ledger.entries).toEqual([])
    await farm.toStandard()
    expect(farm.cast.disk.writeCacheType).toBe(9)
  })

  test('a mount proves the driver and says nothing of the right', async () => {
    const farm = stage({ ...w11, faults: [{ fault: 'missing-privilege' }] })
    expect((await farm.ask('PVS01', 'Test-VdpMount', { guid: farm.cast.disk.guid })).driveLetter).toBe('E:')
    expect(farm.cast.server.mounted).toBeNull()
  })

  test('a disk that is streamed cannot change its mode (101); one that is only locked says 96 with the lock', async () => {
    const farm = stage({ ...w11, faults: [{ fault: 'stale-lock' }] })
    await farm.open()
    await expect(farm.toStandard()).rejects.toMatchObject({ error: { returnCode: 101 } })
    await farm.shutDown()
    await expect(farm.toStandard()).rejects.toMatchObject({
      error: { returnCode: 96, details: 'Management Interface: vDisk has exclusive lock.' },
    })
    await farm.ask('PVS01', 'Unlock-VdpDisk', { guid: farm.cast.disk.guid, ownerId: farm.cast.master.id })
    expect(farm.ledger('PVS01').locksBroken).toEqual([{ disk: 'W11-Office', owner: 'W11-MASTER', ownerActive: false }])
    await farm.toStandard()
  })

  test('on a local store a write through one server leaves the others with old files, and clones of those get the old image', async () => {
    const farm = stage({ ...w11, store: 'local' })
    await farm.ask('PVS01', 'Set-VdpDiskServer', { guid: farm.cast.disk.guid, serverName: 'PVS01' })
    await farm.prepare()
    const states = async () =>
      (await farm.ask('PVS01', 'Get-VdpDiskState', { guid: farm.cast.disk.guid })).inventory.map((one) => one.state)
    expect(await states()).toEqual([0, 2])
    await farm.ask('PVS01', 'Set-VdpDiskServer', { guid: farm.cast.disk.guid, serverName: 'PVS02' })
    const [one, two] = await farm.bootCanaries()
    expect(one).toBe(two)

    for (const name of ['W11-T01', 'W11-T02']) await farm.ask(name, 'Stop-VdpComputer', { reason: 'test' })
    await farm.pass(3 * MINUTE)
    replicate(farm.farm, farm.cast.disk)
    expect(await states()).toEqual([0, 0])
    expect(new Set(await farm.bootCanaries()).size).toBe(2)
  })

  test('a promoted version is prepared only in the world that says so', async () => {
    for (const promotePreps of ['yes', 'no'] as const) {
      const farm = stage({ ...w11, world: { promotePreps } })
      const { guid } = farm.cast.disk
      await farm.licenseMode(2)
      const { version } = await farm.ask('PVS01', 'New-VdpMaintenanceVersion', { guid })
      await expect(farm.ask('PVS01', 'New-VdpMaintenanceVersion', { guid })).rejects.toMatchObject({ error: { returnCode: 160 } })
      await farm.ask('PVS01', 'Publish-VdpVersion', { guid, version, to: 'test' })
      expect(farm.ledger('PVS01').kmsPreps).toHaveLength(promotePreps === 'yes' ? 1 : 0)
    }
  })

  test('a maintenance device boots the maintenance version read/write and shows its file; production keeps the base', async () => {
    for (const maintenanceWriteCacheType of ['0', 'other'] as const) {
      const farm = stage({ ...w11, world: { maintenanceWriteCacheType } })
      const { master, disk } = farm.cast
      await farm.ask('PVS01', 'New-VdpMaintenanceVersion', { guid: disk.guid })
      const same = { assign: null, unassign: null, bootFrom: null, enabled: null }
      await farm.ask('PVS01', 'Connect-VdpDevice', { deviceId: master.id, type: 2, ...same })
      await farm.ask('PVS01', 'Start-VdpDevice', { deviceId: master.id })
      await farm.pass(2 * MINUTE)
      const { pvs } = await farm.ask('W11-MASTER', 'Get-VdpTargetState', { parts: ['pvs'] })
      expect(pvs).toMatchObject({ diskName: 'W11-Office.1.avhdx', writeCacheType: maintenanceWriteCacheType === '0' ? 0 : 9 })
      expect(farm.ledger('W11-MASTER').boots).toEqual([{ disk: 'W11-Office', how: 'read-write' }])
      await farm.bootCanaries()
      expect(farm.ledger('W11-T01').boots).toEqual([{ disk: 'W11-Office', how: 'read-only' }])
    }
  })

  test('attached but booted from the hard disk: the registry and PVS say read/write, the system volume says no, and a rearm burns the hard disk', async () => {
    const farm = stage({ ...w11, faults: [{ fault: 'attached-but-booted-from-hard-disk' }] })
    await farm.open()
    const { pvs } = await farm.ask('W11-MASTER', 'Get-VdpTargetState', { parts: ['pvs'] })
    expect(pvs).toMatchObject({ attached: true, writeCacheType: 0, diskName: 'W11-Office.vhdx', systemVolumeOnVdisk: false })
    const { device } = await farm.ask('PVS01', 'Get-VdpDeviceState', { name: 'W11-MASTER' })
    expect(device).toMatchObject({ active: true, disk: 'Store1\\W11-Office' })
    await farm.rearmWindows()
    expect(farm.cast.disk.versions[0]?.image?.licensing.rearmsLeft).toBe(1001)
    expect(farm.cast.master.localImage?.licensing.rearmsLeft).toBe(1000)
  })

  test('a foreign writer takes the disk as soon as it is open, and the ledger says that it wrote', async () => {
    const farm = stage({ ...w11, faults: [{ fault: 'foreign-writer' }] })
    await farm.ask('PVS01', 'Set-VdpDiskMode', {
      guid: farm.cast.disk.guid,
      expectedType: 9,
      writeCacheType: 0,
      writeCacheSizeMiB: 0,
    })
    await farm.pass(2 * MINUTE)
    expect(farm.ledger('W11-USER01').foreignWrites).toEqual(['W11-Office'])
    const { locks } = await farm.ask('PVS01', 'Get-VdpDiskState', { guid: farm.cast.disk.guid })
    expect(locks).toMatchObject([{ exclusive: true, ownerName: 'W11-USER01' }])
  })

  test('without the SOAP service disks cannot be read, and the server itself still says why', async () => {
    const farm = stage({ ...w11, faults: [{ fault: 'soap-down', server: 'PVS01' }] })
    await expect(farm.ask('PVS01', 'Get-VdpDiskState', { guid: farm.cast.disk.guid })).rejects.toMatchObject({
      error: { kind: 'native' },
    })
    const { services, farm: reach } = await farm.ask('PVS01', 'Get-VdpServerState', {})
    expect(services.find((one) => one.name === 'soapserver')?.state).toBe('stopped')
    expect(reach).toHaveProperty('unknown')
  })
})
