import { beforeAll, describe, expect, test } from '@jest/globals'
import { pwshMissing } from '../../fixtures/powershell.ts'
import type { Edge } from '../target/edge.ts'
import { ACT, farmRig, MASTER, W11 } from './farm.ts'

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip

const NOBODY = '00000000-0000-0000-0000-000000000000'
const unknown = { unknown: expect.any(String) as unknown }
const lock = (more: string) =>
  `$script:Locks = @(New-Thing PvsDiskLocatorLock @{ Exclusive = $true; ReadOnly = $false; ${more} }); Get-VdpDiskLock -Guid ${W11} | ForEach-Object { $_.ownerKind; $_.ownerId; $_.ownerName }`
const store = (servers: string, path = '') =>
  `function Get-PvsServer { [CmdletBinding()] param($StoreName, $SiteName, $ServerName) foreach ($one in ${servers}) { New-Thing PvsServer @{ Name = $one } } }
   function Get-PvsServerStore { [CmdletBinding()] param($ServerName, $StoreName) New-Thing PvsServerStore @{ ServerName = $ServerName; Path = '${path}' } }
   function Get-PvsStoreFreeSpace { [CmdletBinding()] param($StoreName, $ServerName, $SiteName) if ($ServerName) { 1 } else { 2 } }
   $one = Get-VdpStoreFact -Site Main -Store VHD; $one.pathKind; $one.freeMiB; $one.servers`
const driver = (change: string) =>
  `function Get-VdpCim { param($Class, $Filter, $Property, $Namespace)
     if ($Class -eq 'Win32_SystemDriver') { [pscustomobject] (@{ Name = 'cfsdep2'; State = 'Running'; StartMode = 'Boot'; PathName = 'C:\\x.sys' } + @{}) | ForEach-Object { ${change}; $_ } }
     elseif ($Class -eq 'CIM_DataFile') { [pscustomobject] @{ Version = $Filter } } else { foreach ($n in 31, 3) { [pscustomobject] @{ ConfigManagerErrorCode = $n } } } }
   $one = Get-VdpDriverFact -Name cfsdep2; $one.startMode; $one.running; $one.fileVersion; $one.problem`
const service = (state: string, more = '') =>
  `function Get-VdpService { param($Name) @{ name = $Name; state = '${state}'; account = 'CONTOSO\\svc'; pid = 1234; startMode = 'auto'; exitCode = 0 } }; ${more}`
const fact = (holder: string) =>
  `$one = Get-VdpServiceFact -Name StreamService -Holder ${holder}; $one.state; $one.tokenHolds; $one.policyGrants; $one.accountKind`
const FILES = `function Get-VdpChildPath { param($Folder, $Filter) 'D:\\VHD\\W11.pvp', 'D:\\VHD\\W11.vhdx', 'D:\\VHD\\W11.1.avhdx', 'D:\\VHD\\W11.lok', 'D:\\VHD\\W11.old.pvp' }
   function Get-VdpFile { param($Path, [switch] $NoHash) @{ path = $Path; bytes = 5; modified = 'x'; sha256 = if ($NoHash) { $null } else { 'ab' } } }`
const failing = (name: string, code: number) => `$script:Fail['${name}'] = @(${code}, 'text', '')`
const tells = (ask: string) => `try { ${ask} } catch { $_.Exception.Data['VdpReturnCode']; $_.Exception.Message }`
const task = (state: number) =>
  `$script:Tasks = @(New-Thing PvsTask @{ TaskId = 7; State = ${state} }); (Get-VdpTask -TaskId 7).percent`

/** What stands in a small farm, what is asked of one part, and everything that comes of it. */
const cases: readonly Edge[] = [
  [
    'a date of the snap-in, in the order that every language reads',
    `ConvertFrom-VdpPvsDate -Value '2026/11/02 08:30:00'; ConvertFrom-VdpPvsDate -Value ([datetime] '2026-11-02T08:30:00Z')`,
    expect.stringMatching(/^2026-11-02T\d\d:30:00.000Z$/),
    '2026-11-02T08:30:00.000Z',
  ],
  [
    'no date at all',
    'try { ConvertFrom-VdpPvsDate -Value $null } catch { $_.Exception.Message }',
    "'' is no date that reads the same in every language",
  ],
  [
    'the error of a task as attributes',
    `$one = ConvertFrom-VdpPvsXml -Xml '<a returnCode="84" message="m"><details>d</details></a>'; $one.returnCode; $one.message; $one.details`,
    84,
    'm',
    'd',
  ],
  [
    'an error of a task that is repeated inside: the outer one counts',
    `$one = ConvertFrom-VdpPvsXml -Xml '<a><message>first</message><message>second</message></a>'; $one.returnCode; $one.message; $one.details`,
    -1,
    'first',
    '',
  ],
  [
    'a lock of a device',
    lock(`DeviceId = [guid] '${MASTER}'; DeviceName = 'MASTER'; ServerId = $script:Server; ServerName = 'PVS01'`),
    'device',
    MASTER,
    'MASTER',
  ],
  [
    'a lock of a server',
    lock(`DeviceId = [guid] '${NOBODY}'; DeviceName = ''; ServerId = $script:Server; ServerName = 'PVS01'`),
    'server',
    '5e7e7000-0000-4000-8000-000000000001',
    'PVS01',
  ],
  [
    'a lock of a server that names no device',
    lock(`ServerId = $script:Server; ServerName = 'PVS01'`),
    'server',
    '5e7e7000-0000-4000-8000-000000000001',
    'PVS01',
  ],
  [
    'copies of the highest version alone, with the moments that are known',
    `$script:Versions = @($script:Versions) + @((New-Thing PvsDiskVersion @{ Version = 10 }), (New-Thing PvsDiskVersion @{ Version = 9 })); Get-VdpDiskInventory -Guid ${W11} | ForEach-Object { $_.version; $_.propertiesTime }`,
    10,
    null,
  ],
  [
    'versions in their order',
    `$script:Versions = @(10, 9, 0 | ForEach-Object { New-Thing PvsDiskVersion @{ Version = $_; Access = $_ + 1; Type = 1; IsPending = $_ -eq 9; DeviceCount = 4; GoodInventoryStatus = $false; Description = 'd' } }); Get-VdpDiskVersion -Guid ${W11} | ForEach-Object { $_.version; $_.access; $_.isPending; $_.goodInventory; $_.deviceCount; $_.type }`,
    ...[0, 1, false, false, 4, 1],
    ...[9, 10, true, false, 4, 1],
    ...[10, 11, false, false, 4, 1],
  ],
  ['no versions yet', `${failing('Get-PvsDiskVersion', 165)}; @(Get-VdpDiskVersion -Guid ${W11}).Count`, 0],
  ['a store on a share', store(`'PVS01'`, '\\\\\\\\nas\\\\vhd'.replaceAll('\\\\', '\\')), 'share', 1, 'PVS01'],
  ['a store of other servers', store(`'PVS02', 'PVS03'`), 'local', 2, 'PVS02', 'PVS03'],
  ['a store without servers', store('@()'), 'local', 2],
  ['a driver with a path of the kernel', driver(`$_.PathName = '\\??\\C:\\a.sys'`), 'boot', true, "Name='C:\\\\a.sys'", 31],
  [
    'a driver below the system root',
    driver(`$env:SystemRoot = 'C:\\Windows'; $_.PathName = '\\SystemRoot\\b.sys'`),
    'boot',
    true,
    "Name='C:\\\\Windows\\\\b.sys'",
    31,
  ],
  [
    'a driver without a path, that stands still',
    driver(`$_.PathName = ''; $_.State = 'Stopped'; $_.StartMode = 'Unknown'`),
    null,
    false,
    null,
    31,
  ],
  [
    'a service on its way down counts as stopped',
    `${service('stopping')}${fact("@('S-1-5-21-1-2-3-1104')")}`,
    'stopped',
    unknown,
    unknown,
    'domain',
  ],
  [
    'a service that runs and holds the right',
    `${service('running')}${fact("@('S-1-5-21-1-2-3-1104')")}`,
    'running',
    true,
    { granted: true, via: 'S-1-5-21-1-2-3-1104' },
    'domain',
  ],
  [
    'a running service whose token lacks it',
    `${service('running', '$script:Token.privileges = @();')}${fact('@()')}`,
    'running',
    false,
    { granted: false, via: null },
    'domain',
  ],
  [
    'holders that are not known',
    `${service('running')}${fact("@{ unknown = 'why' }")}`,
    'running',
    true,
    { unknown: 'why' },
    'domain',
  ],
  [
    'a service that is not there',
    `function Get-VdpService { param($Name) @{ name = $Name; state = 'absent'; account = $null; pid = $null; startMode = $null; exitCode = $null } }; ${fact('@()')}`,
    'absent',
    unknown,
    unknown,
    'unknown',
  ],
  [
    'a right that nobody can tell',
    `function Get-VdpLsaHolder { throw 'one' }; function Get-VdpSeceditHolder { throw 'two' }; try { Get-VdpRightHolder -Right SeX } catch { $_.Exception.Message }`,
    'the holders of SeX are not known: one; two',
  ],
  ['a right of nobody', `function Get-VdpLsaHolder { }; @(Get-VdpRightHolder -Right SeX).Count`, 0],
  [
    'an export without rights',
    `function Invoke-VdpNative { @{ exitCode = 5; output = 'nein'; timedOut = $false } }; function Read-VdpText { $null }; function Remove-VdpFile { }; try { Get-VdpSeceditHolder -Right SeX } catch { $_.Exception.Message; $_.Exception.Data['VdpReturnCode']; $_.Exception.Data['VdpDetails'] }`,
    'secedit exported no user rights',
    5,
    'nein',
  ],
  [
    'an export is taken away again, also when it fails',
    `function Invoke-VdpNative { throw 'nein' }; function Remove-VdpFile { param($Path) $script:Calls.Add('gone') }; try { Get-VdpSeceditHolder -Right SeX } catch { $_.Exception.Message; $script:Calls }`,
    'nein',
    'gone',
  ],
  ['no policy that sets the right', `function Get-VdpCim { }; Get-VdpRightPolicy -Right SeX`, ''],
  ['a policy that may not be asked for', `function Get-VdpCim { throw 'nein' }; Get-VdpRightPolicy -Right SeX`, ''],
  ['a task that works', task(0), 40],
  ['a task that ended', task(2), 100],
  ['a task that was cancelled', task(1), null],
  ['a task that tells no percent', `${failing('Get-PvsTaskStatus', 186)}; ${task(0)}`, null],
  [
    'a farm without this disk',
    `${failing('Get-PvsDiskInfo', 44)}; $one = Get-VdpDiskState -Guid ${W11}; $one.found; $one.store; $one.locks.Count`,
    0,
    unknown,
    0,
  ],
  [
    'a disk that cannot be asked for',
    `${failing('Get-PvsDiskInfo', 119)}; ${tells(`Get-VdpDiskState -Guid ${W11}`)}`,
    119,
    'text',
  ],
  [
    'a store without this disk is told',
    `${failing('Get-PvsDiskInfo', 93)}; (Get-VdpDiskState -Site Main -Store VHD -Name X).store.pathKind`,
    'local',
  ],
  ...[44, 47, 49, 93, 98].map(
    (code) =>
      [
        `a disk that is not found, error ${code}`,
        `${failing('Get-PvsDiskInfo', code)}; (Get-VdpDiskState -Site Main -Store VHD -Name X).found`,
        0,
      ] as const,
  ),
  ...[43, 98].map(
    (code) =>
      [
        `a device that is not found, error ${code}`,
        `${failing('Get-PvsDeviceInfo', code)}; (Get-VdpDeviceState -Name X).found; (Get-VdpDeviceState -DeviceId ${MASTER}).found`,
        0,
        0,
      ] as const,
  ),
  [
    'a device that streams',
    `$one = $script:Devices[0]; $one.Active = $true; $one.DiskVersion = 3; $one.ServerName = 'PVS01'; $one.Ip = '192.0.2.1'; $one = (Get-VdpDeviceState -Name MASTER).device; $one.disk; $one.diskVersion; $one.server; $one.ip; $one.active`,
    'VHD\\W11',
    3,
    'PVS01',
    '192.0.2.1',
    true,
  ],
  [
    'a device that does not',
    `$one = (Get-VdpDeviceState -Name MASTER).device; $one.disk; $one.diskVersion; $one.server; $one.ip; $one.active; $one.bootFrom; $one.type`,
    null,
    0,
    null,
    null,
    false,
    1,
    2,
  ],
  [
    'who streams this disk, and who another',
    `$script:Devices[0].Active = $true; $script:Devices[0].DiskLocatorId = [guid] '${W11}'; (Get-VdpDiskAssignment -Guid ${W11}).active; $script:Devices[0].DiskLocatorId = $script:Other; (Get-VdpDiskAssignment -Guid ${W11}).active`,
    true,
    false,
  ],
  [
    'a version that is not there',
    tells(`Get-VdpVersionAccess -Guid ${W11} -Version 3`),
    165,
    'Unable to perform this action because a version record was not found in the database.',
  ],
  [
    'an account by its computer',
    `$script:Asked = ''; function Add-VdpRightsType { }; Get-VdpAccountKind -Account '.\\a' -Sid ''; Get-VdpAccountKind -Account 'x@y' -Sid 'S-1-5-19'`,
    'local',
    'built-in',
  ],
  [
    'what was done to a disk within the hour, and by whom',
    `(Get-VdpDiskState -Guid ${W11}).recentChanges | ForEach-Object { $_.by; $_.action; $_.object }`,
    'CONTOSO\\other',
    'SetDisk',
    'W11',
  ],
  ['an action without a name', 'Get-VdpAuditAction -Action 9999', 'action 9999'],
  [
    'a disk of one server',
    `$script:Disks[0].ServerName = 'PVS01'; $script:Disks[0].DiskSize = [uint64] 1048575; $one = (Get-VdpDiskState -Guid ${W11}).disk; $one.serverName; $one.sizeMiB`,
    'PVS01',
    0,
  ],
  [
    'a new disk that takes its time',
    `$script:Looks = 0; function Start-PvsCreateDisk { [CmdletBinding()] param($Name, $Size, $StoreName, $SiteName, $VHDX, $Dynamic, $ServerName) $script:Calls.Add("$ServerName $Size") }; function Get-PvsCreateDiskStatus { [CmdletBinding()] param($Name, $StoreName) $script:Calls.Add("$Name $StoreName"); $script:Looks += 1; if ($script:Looks -eq 3) { [pscustomobject] @{ Guid = $script:Disk } } }; $null = New-VdpDisk -Site Main -Store VHD -Name W11 -SizeMiB 7 -Vhdx $true -Dynamic $true -ServerName PVS01 ${ACT} -DeadlineMs 60000; $script:Looks; $script:Calls[0, 1]`,
    3,
    'PVS01 7',
    'W11 VHD',
  ],
  [
    'a new disk that is not ready in time',
    `function Start-PvsCreateDisk { [CmdletBinding()] param($Name, $Size, $StoreName, $SiteName, $VHDX, $Dynamic) }; $script:Looks = 0; function Get-PvsCreateDiskStatus { [CmdletBinding()] param($Name, $StoreName) $script:Looks += 1 }; $one = New-VdpDisk -Site Main -Store VHD -Name None -SizeMiB 7 -Vhdx $true -Dynamic $true -ServerName '' ${ACT} -DeadlineMs 1; $script:Looks; $one.after.found`,
    0,
    0,
  ],
  [
    'an error of the snap-in by its name',
    `$record = New-Object Management.Automation.ErrorRecord((New-Object Exception 'text'), 'Citrix.PVS.SnapIn.NotFound,Citrix.PVS.SnapIn.X', 'NotSpecified', $null); $one = ConvertTo-VdpPvsFailure -ErrorRecord $record; $one.Data['VdpReturnCode']; $one.Data['VdpDetails']; $one.Data['VdpKind']`,
    98,
    'NotFound',
    'pvs',
  ],
  [
    'an error that a cmdlet only writes ends the call',
    `function Get-PvsFarm { [CmdletBinding()] param() Write-Error -Message 'nein' }; try { Invoke-VdpPvs { Get-PvsFarm; 'went on' } } catch { $_.Exception.Message }`,
    'nein',
  ],
  [
    'an error of something else stays what it is',
    `$record = New-Object Management.Automation.ErrorRecord((New-Object Exception 'text'), 'X', 'NotSpecified', $null); $one = ConvertTo-VdpPvsFailure -ErrorRecord $record; $one.Message; $one.Data.Count`,
    'text',
    0,
  ],
  [
    'an error without words',
    `$one = New-VdpPvsFailure -Thrown ([pscustomobject] @{ returnCode = 5; Message = ''; Details = '' }); $one.Message; "$($one.Data['VdpDetails'])"`,
    'PVS error 5',
    '',
  ],
  [
    'a snap-in that brings nothing, and an assembly that cannot be loaded',
    `function Get-Command { param($Name, $ErrorAction) if ($Name -eq 'Add-PSSnapin') { 'yes' } }; function Add-PSSnapin { [CmdletBinding()] param($Name) }; function Get-VdpRegistryValue { param($Key, $Name) 'C:\\Console\\' }; function Test-VdpPath { param($Path) $Path -eq 'C:\\Console\\Citrix.PVS.SnapIn.dll' }; function Import-Module { [CmdletBinding()] param($Name) throw 'nein' }; try { Import-VdpPvsSnapIn } catch { $_.Exception.Message }`,
    'the Provisioning Console 7.7 or later is needed here: the registered snap-in brought no cmdlets; C:\\Console\\Citrix.PVS.SnapIn.dll could not be loaded: nein',
  ],
  [
    'a snap-in that is not registered',
    `function Get-Command { param($Name, $ErrorAction) if ($Name -eq 'Add-PSSnapin') { 'yes' } }; function Add-PSSnapin { [CmdletBinding()] param($Name) throw 'nein' }; function Test-VdpPath { $false }; try { Import-VdpPvsSnapIn } catch { $_.Exception.Message }`,
    'the Provisioning Console 7.7 or later is needed here: the snap-in is not registered; no Citrix.PVS.SnapIn.dll was found',
  ],
  [
    'the files of a disk: hashes of the small ones alone, and no strangers',
    `${FILES}; (Get-VdpDiskFiles -Store VHD -Name W11).files | ForEach-Object { "$($_.name) $($_.sha256)" }`,
    'W11.pvp ab',
    'W11.vhdx ',
    'W11.1.avhdx ',
  ],
  [
    'the files of a disk on a share: all servers see the same',
    `${FILES}; function Get-PvsServerStore { [CmdletBinding()] param($ServerName, $StoreName) New-Thing PvsServerStore @{ ServerName = 'PVS01'; Path = '\\\\nas\\x' } }; $one = Get-VdpDiskFiles -Store VHD -Name W11; $one.shared; $one.files.Count`,
    true,
    0,
  ],
  [
    'a piece of a file: by its name, and none of another disk or folder',
    `${FILES}; function Get-VdpFileSlice { param($Path, $Offset, $Bytes, $DeadlineMs) "$Path $Offset" }
     foreach ($file in 'W11.1.avhdx', 'W11.old.pvp', 'x\\W11.vhdx') { $one = (Get-VdpDiskSlice -Store VHD -Name W11 -File $file -Offset 7 -Bytes 1 -DeadlineMs 9).sha256; if ($one -is [string]) { $one } else { $one.unknown } }`,
    'D:\\VHD\\W11.1.avhdx 7',
    'there is no W11.old.pvp here',
    'there is no x\\W11.vhdx here',
  ],
  [
    'a piece of a real file: some bytes, its end, one that changes meanwhile, one for which there is no time',
    `$path = [System.IO.Path]::GetTempFileName(); [System.IO.File]::WriteAllText($path, 'abcabc')
     $held = [System.IO.File]::Open($path, 'Open', 'ReadWrite', 'ReadWrite,Delete')
     try {
       foreach ($from in 0, 3, 4) { Get-VdpFileSlice -Path $path -Offset $from -Bytes 3 -DeadlineMs 60000 }
       function Get-VdpFile { param($Path, [switch] $NoHash) $script:Looks++; @{ bytes = $script:Looks; modified = 'x' } }; $script:Looks = 0
       try { Get-VdpFileSlice -Path $path -Offset 0 -Bytes 3 -DeadlineMs 60000 } catch { $_.Exception.Message }
       try { Get-VdpFileSlice -Path $path -Offset 0 -Bytes 9 -DeadlineMs 0 } catch { $_.Exception.Message }
     } finally { $held.Dispose(); [System.IO.File]::Delete($path) }`,
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    '1e0bbd6c686ba050b8eb03ffeedc64fdc9d80947fce821abbe5d6dc8d252c5ac',
    'it changed while it was read',
    'read 6 of 9 bytes when the time was up',
  ],
  [
    'an assembly in its usual folder',
    `function Get-Command { }; $env:ProgramFiles = 'C:\\PF'; function Test-VdpPath { param($Path) $Path -eq 'C:\\PF\\Citrix\\Provisioning Services Console\\Citrix.PVS.SnapIn.dll' }; function Import-Module { [CmdletBinding()] param($Name) $script:Calls.Add($Name) }; Import-VdpPvsSnapIn; $script:Calls`,
    'C:\\PF\\Citrix\\Provisioning Services Console\\Citrix.PVS.SnapIn.dll',
  ],
]

where(`parts of a PVS server's agents at their edges, in a real PowerShell ${missing ?? ''}`, () => {
  let came: readonly (readonly unknown[])[]

  beforeAll(async () => {
    const host = await farmRig()
    const each = cases.map(
      ([
        ,
        script,
      ]) => `, @(& { Reset-Farm; $script:Token = @{ user = 'S-1-5-21-1-2-3-1104'; groups = @('S-1-1-0'); privileges = @('SeManageVolumePrivilege') }
        try { ${script} } catch { "$_" } })`,
    )
    try {
      came = (await host.run(`, @(\n${each.join('\n')}\n)`)) as typeof came
    } finally {
      await host.close()
    }
  }, 180_000)

  test.each(cases.map(([name, , ...wanted], n) => [name, n, wanted] as const))('%s', (_, n, wanted) => {
    expect(came[n]).toEqual(wanted)
  })
})
