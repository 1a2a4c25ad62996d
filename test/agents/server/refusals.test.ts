import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { hostError, type HostError } from '../../../src/wire/messages.ts'
import { pwshMissing } from '../../fixtures/powershell.ts'
import type { Rig } from '../target/rigs.ts'
import { ACT, CANARY, caught, farmRig, MASTER, W11 } from './farm.ts'

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip

interface Told {
  readonly error: HostError | null
  readonly calls?: readonly string[]
}

const OTHER = '0d15c000-0000-4000-8000-000000000002'
const mounts = (guid: string) => `$script:Mounted = [guid] '${guid}'`
const locked = (by: 'Device' | 'Server') =>
  `$script:Locks = @(New-Thing PvsDiskLocatorLock @{ ${by}Id = $script:Master; ${by}Name = 'X'; Exclusive = $true; ReadOnly = $false })`
const fails = (cmdlet: string, code: number, text: string, details = '') =>
  `$script:Fail['${cmdlet}'] = @(${code}, '${text}', '${details}')`

/** What is laid, what is asked, what must come of it, and which cmdlet must not have been called. */
const cases: readonly (readonly [string, string, string, Partial<HostError>, string?])[] = [
  [
    'a mode change that finds another type than expected',
    '',
    `Set-VdpDiskMode -Guid ${W11} -ExpectedType 0 -WriteCacheType 9 -WriteCacheSizeMiB 1 ${ACT}`,
    { kind: 'refused', message: 'WriteCacheType is 9, not 0 as expected' },
    'Set-PvsDisk',
  ],
  [
    'a mount test while another vDisk is mounted',
    mounts(OTHER),
    `Test-VdpMount -Guid ${W11} ${ACT}`,
    { kind: 'refused', message: 'another vDisk is mounted on this server' },
    'Mount-PvsDisk',
  ],
  [
    'a mount test of a disk that somebody else has mounted: it is not ours to dismount',
    mounts(W11),
    `Test-VdpMount -Guid ${W11} ${ACT}`,
    { kind: 'refused' },
    'Dismount-PvsDisk',
  ],
  [
    'a mount that fails for the driver',
    fails('Mount-PvsDisk', 84, 'Unable to map vDisk because a driver was not found.'),
    `Test-VdpMount -Guid ${W11} ${ACT}`,
    { kind: 'pvs', returnCode: 84, message: 'Unable to map vDisk because a driver was not found.' },
    'Dismount-PvsDisk',
  ],
  [
    'a mount test that cannot dismount again',
    fails('Dismount-PvsDisk', 88, 'Failed to unmap a vDisk.'),
    `Test-VdpMount -Guid ${W11} ${ACT}`,
    { kind: 'pvs', returnCode: 88, message: 'Failed to unmap a vDisk.' },
  ],
  [
    'a dismount of another disk than the one mounted',
    mounts(OTHER),
    `Dismount-VdpDisk -Guid ${W11} ${ACT}`,
    { kind: 'refused' },
    'Dismount-PvsDisk',
  ],
  ['a dismount of nothing', '', `Dismount-VdpDisk -Guid ${W11} ${ACT}`, { kind: 'pvs', returnCode: 17 }, 'Dismount-PvsDisk'],
  [
    'a mount through the SOAP service of another server',
    `function Get-PvsLocalServer { New-Thing PvsLocalServer @{ Name = 'PVS02' } }`,
    `Test-VdpMount -Guid ${W11} ${ACT}`,
    { kind: 'native', message: 'the snap-in is connected to PVS02, not to PVS01' },
    'Mount-PvsDisk',
  ],
  [
    'a lock that a server holds',
    locked('Server'),
    `Unlock-VdpDisk -Guid ${W11} -OwnerId ${MASTER} ${ACT}`,
    { kind: 'refused', message: 'a server holds this lock' },
    'Unlock-PvsDisk',
  ],
  [
    'a lock of another owner than the one named',
    locked('Device'),
    `Unlock-VdpDisk -Guid ${W11} -OwnerId ${CANARY} ${ACT}`,
    { kind: 'pvs', returnCode: 110 },
    'Unlock-PvsDisk',
  ],
  [
    'a service that ended as it was asked to',
    `$script:Soap = 'Stopped'`,
    `Start-VdpService -Name soapserver ${ACT}`,
    { kind: 'refused', message: 'soapserver ended as it was asked to: somebody may have had a reason' },
    'Start-Service',
  ],
  [
    'a service that is disabled',
    `$script:Soap = 'Stopped'; $script:ExitCode = 1067; $script:StartMode = 'Disabled'`,
    `Start-VdpService -Name soapserver ${ACT}`,
    { kind: 'refused', message: 'soapserver is not started by Windows itself', details: 'disabled' },
    'Start-Service',
  ],
  [
    'a version that another run created',
    `$null = New-VdpMaintenanceVersion -Guid ${W11} -Fence 3 -Effect 'run2/7'`,
    `Undo-VdpVersion -Guid ${W11} -Version 1 ${ACT}`,
    { kind: 'refused', message: 'no receipt of run1 says that it created version 1' },
    'Remove-PvsDiskVersion',
  ],
  [
    'a version of this run with a higher one above it',
    `$null = New-VdpMaintenanceVersion -Guid ${W11} ${ACT}; $null = New-PvsDiskMaintenanceVersion -DiskLocatorId ${W11}`,
    `Undo-VdpVersion -Guid ${W11} -Version 1 ${ACT}`,
    { kind: 'refused', message: 'version 2 stands above version 1' },
    'Remove-PvsDiskVersion',
  ],
  [
    'a promotion of a version that is in production',
    '',
    `Publish-VdpVersion -Guid ${W11} -Version 1 -To test ${ACT}`,
    { kind: 'pvs', returnCode: 165 },
    'Invoke-PvsPromoteDiskVersion',
  ],
  [
    'a device type that is none',
    '',
    `Connect-VdpDevice -DeviceId ${MASTER} -Assign $null -Unassign $null -BootFrom $null -Type 3 -Enabled $null ${ACT}`,
    { kind: 'arguments' },
    'Set-PvsDevice',
  ],
  [
    'a device that PVS does not know',
    '',
    `Connect-VdpDevice -DeviceId ${OTHER} -Assign $null -Unassign $null -BootFrom 1 -Type $null -Enabled $null ${ACT}`,
    { kind: 'pvs', returnCode: 43, message: 'The specified Device does not exist.' },
    'Set-PvsDevice',
  ],
  [
    'a role that may only look',
    fails('Set-PvsDisk', 22, 'Access denied. The appropriate privileges are not assigned to perform this task.'),
    `Set-VdpLicenseMode -Guid ${W11} -LicenseMode 2 ${ACT}`,
    { kind: 'pvs', returnCode: 22, message: 'Access denied. The appropriate privileges are not assigned to perform this task.' },
  ],
  [
    'an error whose text is in its details alone',
    fails('Set-PvsDisk', 96, '', 'Management Interface: vDisk has exclusive lock.'),
    `Set-VdpLicenseMode -Guid ${W11} -LicenseMode 2 ${ACT}`,
    { kind: 'pvs', returnCode: 96, message: 'Management Interface: vDisk has exclusive lock.' },
  ],
  [
    'an error of several items',
    `$script:Fail['Set-PvsDisk'] = @(36, 'The following items failed:', '', @(@{ returnCode = 101; Message = 'active' }, @{ returnCode = 199; Message = 'mapped' } | ForEach-Object { [pscustomobject] $_ }))`,
    `Set-VdpLicenseMode -Guid ${W11} -LicenseMode 2 ${ACT}`,
    { kind: 'pvs', returnCode: 36, details: '101 active; 199 mapped' },
  ],
  [
    'a SOAP service that does not answer',
    `$script:Fail['Get-PvsDiskInfo'] = @(, 'Unable to connect')`,
    `Get-VdpDiskState -Guid ${W11}`,
    { kind: 'native', message: 'PvsException: Unable to connect' },
  ],
  [
    'a snap-in without a parameter that is needed',
    `function Get-PvsDiskInfo { [CmdletBinding()] param([string] $Uuid) }`,
    `Get-VdpDiskState -Guid ${W11}`,
    { kind: 'missing', message: expect.stringContaining('older than 7.7') as unknown as string },
  ],
  [
    'a host without the snap-in',
    `function Get-Command { }`,
    `Get-VdpDiskState -Guid ${W11}`,
    { kind: 'missing', message: expect.stringContaining('no Citrix.PVS.SnapIn.dll was found') as unknown as string },
  ],
]

where(`what a PVS server's agents refuse, in a real PowerShell ${missing ?? ''}`, () => {
  let host: Rig
  let told: readonly Told[]

  /** Each case begins with the farm as it was. */
  beforeAll(async () => {
    host = await farmRig()
    const script = cases.map(([, lay, ask]) => `& {\nReset-Farm\n${lay}\n${caught(ask)}\n}`).join('\n')
    told = (await host.run(`@(${script})`)) as Told[]
  }, 180_000)
  afterAll(async () => {
    await host.close()
  })

  test.each(cases.map(([name, , , wanted, never], n) => [name, n, wanted, never] as const))('%s', (_, n, wanted, never) => {
    const { error, calls = [] } = told[n] ?? { error: null }
    expect(error).toMatchObject(wanted)
    expect(hostError.safeParse(error).success).toBe(true)
    if (never !== undefined) expect(calls).not.toContain(never)
  })
})
