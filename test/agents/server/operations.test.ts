import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { operations, type ArgsOf, type FactsOf, type OperationName } from '../../../src/wire/operations/catalogue.ts'
import { pwshMissing } from '../../fixtures/powershell.ts'
import { operationsOf } from '../../../scripts/agents/reach.ts'
import type { Rig } from '../target/rigs.ts'
import { CANARY, farmRig, MASTER, W11 } from './farm.ts'

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip

type Step = { [O in OperationName]: readonly [O, ArgsOf<O>] }[OperationName]

const guid = W11
const deviceId = MASTER
const unchanged = { assign: null, unassign: null, bootFrom: null, type: null, enabled: null }
const made = { site: 'Main', store: 'VHD', name: 'New', sizeMiB: 1024, vhdx: true, dynamic: true, serverName: null }

/** One farm, from the first look to the release, with every operation of a PVS server. */
const story: readonly Step[] = [
  ['Get-VdpServerState', {}],
  ['Get-VdpDiskState', { site: 'Main', store: 'VHD', name: 'W11' }],
  ['Get-VdpDiskFiles', { store: 'VHD', name: 'W11' }],
  ['Get-VdpDiskSlice', { store: 'VHD', name: 'W11', file: 'W11.vhdx', offset: 0, bytes: 1 }],
  ['Get-VdpDeviceState', { name: 'MASTER' }],
  ['New-VdpDisk', made],
  ['Set-VdpDiskServer', { guid, serverName: 'PVS01' }],
  ['Set-VdpDeviceDisk', { deviceId, guid, enabled: false }],
  ['Connect-VdpDevice', { ...unchanged, deviceId: CANARY, assign: guid, bootFrom: 2, enabled: false }],
  ['Set-VdpDiskMode', { guid, expectedType: 9, writeCacheType: 0, writeCacheSizeMiB: 0 }],
  ['Start-VdpDevice', { deviceId }],
  ['Stop-VdpDevice', { deviceId }],
  ['Get-VdpTask', { taskId: '101' }],
  ['Unlock-VdpDisk', { guid, ownerId: MASTER }],
  ['Test-VdpMount', { guid }],
  ['Dismount-VdpDisk', { guid }],
  ['Start-VdpService', { name: 'soapserver' }],
  ['Set-VdpLicenseMode', { guid, licenseMode: 2 }],
  ['Set-VdpSealRecord', { guid, text: "it's sealed" }],
  ['New-VdpMaintenanceVersion', { guid }],
  ['Publish-VdpVersion', { guid, version: 1, to: 'test' }],
  ['Undo-VdpVersion', { guid, version: 1, madeBy: 'run1' }],
]

/** The request as the session gets it. */
function requested([op, args]: Step): string {
  const effect = operations[op].writes ? 'run1/7' : null
  const request = { type: 'request', id: 1, op, args, fence: 3, effect, deadlineMs: 60_000 }
  return `Invoke-Operation '${JSON.stringify(request).replaceAll("'", "''")}'`
}

/** What has to stand before some of them. */
const before: Partial<Record<OperationName, string>> = {
  'Unlock-VdpDisk': `$script:Locks = @(New-Thing PvsDiskLocatorLock @{ DeviceId = $script:Master; DeviceName = 'MASTER'; Exclusive = $true; ReadOnly = $false })`,
  'Dismount-VdpDisk': `$script:Mounted = [guid] '${W11}'`,
  'Start-VdpService': `$script:Soap = 'Stopped'; $script:ExitCode = 1067`,
}

where(`a PVS server's agents in a real PowerShell ${missing ?? ''}`, () => {
  let host: Rig
  let told: Record<string, unknown>
  const facts = <O extends OperationName>(op: O) => told[op] as FactsOf<O>

  beforeAll(async () => {
    host = await farmRig()
    const steps = story.map((step) => `${before[step[0]] ?? ''}\n$told['${step[0]}'] = ${requested(step)}`)
    told = (await host.run(`$told = @{}\n${steps.join('\n')}\n$told`)) as Record<string, unknown>
  }, 180_000)
  afterAll(async () => {
    await host.close()
  })

  test('the story has every operation of a PVS server but the hook, which all hosts share', () => {
    expect(story.map(([op]) => op).sort()).toEqual(
      operationsOf('pvs')
        .filter((op) => op !== 'Invoke-VdpHook')
        .sort(),
    )
  })

  test.each(story.map(([op]) => op))('%s tells its facts in the shape of the contract', (op) => {
    expect(operations[op].facts.safeParse(told[op]).error?.issues ?? []).toEqual([])
  })

  test('a server is told with its rights, drivers and farm', () => {
    const { services, drivers, farm, mounted, role, server } = facts('Get-VdpServerState')
    expect(farm).toEqual({ name: 'Farm', auditing: true, maxVersions: 5, automaticMerge: true })
    expect([role, server, mounted]).toEqual([100, 'PVS01', null])
    expect(services.map(({ name }) => name)).toEqual(['StreamService', 'soapserver'])
    expect(services[1]).toEqual({
      name: 'soapserver',
      state: 'running',
      startMode: 'auto',
      exitCode: 0,
      account: 'CONTOSO\\svc-pvs',
      accountKind: 'domain',
      tokenHolds: true,
      policyGrants: { granted: true, via: 'S-1-5-32-544 (VORDEFINIERT\\Administratoren), set by cn={31B2F340}' },
    })
    expect(drivers[0]).toEqual({
      name: 'CVhdMp',
      present: true,
      startMode: 'boot',
      running: true,
      fileVersion: '7.41.0.5',
      problem: 10,
    })
    expect(drivers[1]).toMatchObject({ name: 'CvhdBusP6', present: false, startMode: null, problem: 0 })
  })

  test('a vDisk is told as PVS has it, in the units of the contract', () => {
    const { disk, versions, inventory, assignments, store, recentChanges, found } = facts('Get-VdpDiskState')
    expect(found).toBe(1)
    expect(disk).toMatchObject({
      guid: W11,
      writeCacheType: 9,
      writeCacheSizeMiB: 4096,
      sizeMiB: 65536,
      serverName: null,
      vhdx: true,
    })
    expect(versions).toMatchObject([{ version: 0, access: 0, goodInventory: true, createdAt: expect.stringMatching(/Z$/) }])
    expect(inventory).toMatchObject([{ server: 'PVS01', state: 0, version: 0, propertiesTime: null }])
    expect(assignments).toEqual([{ deviceId: MASTER, device: 'MASTER', enabled: true, active: false, type: 2 }])
    expect(store).toEqual({ pathKind: 'local', freeMiB: 500000, servers: ['PVS01'] })
    expect(recentChanges).toMatchObject([{ by: 'CONTOSO\\other', action: 'SetDisk', object: 'W11' }])
  })

  test('a device is told by the farm, its address with dashes, and what it streams only while it does', () => {
    expect(facts('Get-VdpDeviceState').device).toMatchObject({
      id: MASTER,
      mac: '00-15-5D-0A-1E-02',
      disk: null,
      disks: [{ guid: W11, name: 'W11', enabled: true }],
      mak: 0,
    })
  })

  test('each act tells what stood before and after it', () => {
    expect(facts('Set-VdpDiskMode')).toMatchObject({
      taskId: null,
      before: { disk: { writeCacheType: 9 } },
      after: { disk: { writeCacheType: 0, writeCacheSizeMiB: 0, licenseMode: 0 } },
    })
    expect(facts('Set-VdpLicenseMode')).toMatchObject({
      before: { disk: { licenseMode: 0 } },
      after: { disk: { licenseMode: 2 } },
    })
    expect(facts('Set-VdpSealRecord').after.disk?.longDescription).toBe("it's sealed")
    expect(facts('Set-VdpDiskServer').after.disk?.serverName).toBe('PVS01')
    expect(facts('Unlock-VdpDisk')).toMatchObject({
      before: { locks: [{ ownerId: MASTER, ownerKind: 'device' }] },
      after: { locks: [] },
    })
    expect(facts('Connect-VdpDevice').after.device).toMatchObject({
      bootFrom: 2,
      enabled: false,
      type: 0,
      disks: [{ guid: W11 }],
    })
    expect(facts('Set-VdpDeviceDisk').after.device?.disks).toMatchObject([{ enabled: false }])
    expect(facts('Test-VdpMount')).toMatchObject({ driveLetter: 'E:', after: { mounted: null } })
    expect(facts('Dismount-VdpDisk')).toMatchObject({ before: { mounted: { guid: W11 } }, after: { mounted: null } })
    const soap = (state: string) => ({ services: [{}, { name: 'soapserver', state }] })
    expect(facts('Start-VdpService')).toMatchObject({ before: soap('stopped'), after: soap('running') })
    expect(facts('New-VdpDisk').after).toMatchObject({ found: 1, disk: { name: 'New', sizeMiB: 1024 } })
    expect(facts('Stop-VdpDevice').taskId).toBe('101')
    expect(facts('Get-VdpTask')).toMatchObject({ found: true, state: 0, percent: 40, error: null })
  })

  test('a version is made, promoted and taken back, and a date that could mean two days is unknown', () => {
    const { version, after } = facts('New-VdpMaintenanceVersion')
    expect([version, after.versions.map((one) => one.access)]).toEqual([1, [0, 1]])
    expect(after.versions[1]?.createdAt).toEqual({ unknown: expect.stringContaining('22.11.2026') })
    expect(facts('Publish-VdpVersion').after.versions.map((one) => one.access)).toEqual([0, 7])
    expect(facts('Undo-VdpVersion').after.versions).toHaveLength(1)
  })

  test('every act leaves a receipt with its name and its scalar facts', () => {
    const { receipts } = facts('Undo-VdpVersion').after.act
    const writers = story.map(([op]) => op).filter((op) => operations[op].writes)
    expect(receipts.map(({ op }) => op)).toEqual(writers)
    expect(receipts.slice(0, -1).every(({ ended, error }) => ended !== null && error === null)).toBe(true)
    expect(receipts.find(({ op }) => op === 'Stop-VdpDevice')?.result).toMatchObject({ taskId: '101' })
  })
})
