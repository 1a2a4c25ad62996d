import { expect } from '@jest/globals'
import type { Edge } from './edge.ts'

const SPP = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform'
const CONTROL = 'HKLM\\SYSTEM\\CurrentControlSet\\Control'
const TOOL = 'C:\\Program Files\\Microsoft Office\\Office16\\OSPPREARM.EXE'
const unknown = { unknown: expect.any(String) as unknown }
const rearm = (end: string) =>
  `$World.programs['OSPPREARM.EXE'] = ${end}; $end = Invoke-VdpOfficeRearm -Tool '${TOOL}' -Fence 7 -Effect e; $end.successLine; Get-VdpOfficeMarker`
const skew = (said: string) => `$World.programs['w32tm.exe'].output = "${said}"; Get-VdpClockSkew -Machine kms`

/** Parts that rearm and activate, and what they stand on. */
export const licensing: readonly Edge[] = [
  [
    'a rearm of Office that says it',
    rearm("@{ exitCode = 1; output = 'Microsoft Office rearm successful.'; timedOut = $false }"),
    true,
    'done',
  ],
  ['one that ends well and says nothing', rearm("@{ exitCode = 0; output = ''; timedOut = $false }"), false, 'done'],
  ['one that fails', rearm("@{ exitCode = 1; output = 'nein'; timedOut = $false }"), false, null],
  [
    'one that was killed: it may have spent a count',
    rearm("@{ exitCode = $null; output = ''; timedOut = $true }"),
    false,
    'begun',
  ],
  [
    'an Office whose rearm is in doubt',
    `$World.registry['HKLM\\SOFTWARE\\vdiskprep'] = @{ officeRearmed = 'begun' }; $office = Get-VdpOffice; $office.query.answers; $office.products; $office.rearmsLeft; $office.cmid; $office.installs.Count`,
    false,
    unknown,
    unknown,
    unknown,
    2,
  ],
  ['a clock that is ahead', skew('12:00:00, +02.2500000s'), -2.25],
  ['a clock in another language', skew('12:00:00, -01,5000000s'), 1.5],
  ['a host without a clock', skew('error: 0x800705B4'), { unknown: 'the host does not answer NTP' }],
  [
    'a fast start',
    `$World.registry['${CONTROL}\\Session Manager\\Power'].HiberbootEnabled = 1; (Get-VdpBoot).hiberbootEnabled`,
    true,
  ],
  [
    'hibernation that is set',
    `$World.registry['${CONTROL}\\Power'] = @{ HibernateEnabled = 1; HibernateEnabledDefault = 0 }; (Get-VdpBoot).hibernationEnabled`,
    true,
  ],
  [
    'hibernation as it comes',
    `$World.registry['${CONTROL}\\Power'] = @{ HibernateEnabledDefault = 0 }; (Get-VdpBoot).hibernationEnabled`,
    false,
  ],
  [
    'a machine of no domain, with an address of its own',
    '$World.cim.Win32_ComputerSystem[0].PartOfDomain = $false; $World.cim.Win32_NetworkAdapterConfiguration[0].DHCPEnabled = $false; $one = Get-VdpIdentity; $one.domain; $one.staticAddress',
    null,
    true,
  ],
  [
    'a machine without a Personality.ini',
    `$World.files.Remove('C:\\Personality.ini'); (Get-VdpIdentity).personalityDevice; $one = (Get-VdpPvsAttachment).personality; $one.present; $one.diskName`,
    null,
    false,
    null,
  ],
  [
    'a Personality.ini that names device and disk',
    `$World.files['C:\\Personality.ini'] = "\`$DeviceName = W11-01 \`r\`n_DiskName=W11"; (Get-VdpIdentity).personalityDevice; (Get-VdpPvsAttachment).personality.diskName`,
    'W11-01',
    'W11',
  ],
  [
    'domains in which a KMS host is looked for',
    `function Get-VdpSrvRecord { param($Name) @{ host = $Name; port = 1; priority = 2; weight = 3 } }; $card = $World.cim.Win32_NetworkAdapterConfiguration[0]; $card.DNSDomain = 'b.test'; $card.DNSDomainSuffixSearchOrder = @('a.test', 'b.test'); Get-VdpKmsRecord | ForEach-Object { $_.host; $_.domain }`,
    '_vlmcs._tcp.corp.test',
    'corp.test',
    '_vlmcs._tcp.a.test',
    'a.test',
    '_vlmcs._tcp.b.test',
    'b.test',
  ],
  [
    'a machine of no domain looks in its own',
    `function Get-VdpSrvRecord { param($Name) @{ host = $Name; port = 1; priority = 2; weight = 3 } }; $World.cim.Win32_ComputerSystem[0].PartOfDomain = $false; $World.cim.Win32_ComputerSystem[0].Domain = 'x'; Get-VdpKmsRecord | ForEach-Object { $_.domain }`,
    'corp.test',
  ],
  [
    'a name server that does not answer',
    `function Resolve-DnsName { [CmdletBinding()] param($Name, $Type, [switch] $DnsOnly) Write-Error -Message 'nein' -ErrorId DNS_TIMEOUT }; Get-VdpReading -List { Get-VdpKmsRecord }`,
    { unknown: 'nein' },
  ],
  [
    'a KMS host by name and port, and without one',
    'foreach ($port in 1688, $null, 1) { (Test-VdpKmsReachability -Machine kms.corp.test -Port $port).probes | ForEach-Object { $_.port; $_.open; $_.clockSkewSeconds } }',
    1688,
    true,
    1.5,
    1688,
    true,
    1.5,
    1,
    false,
    unknown,
  ],
  [
    'a KMS host by policy',
    `$World.registry['HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\CurrentVersion\\Software Protection Platform'] = @{ KeyManagementServiceName = 'x' }; (Get-VdpWindowsLicense).kms.setByPolicy`,
    true,
  ],
  [
    'a machine that is a KMS host itself',
    `$World.cim.SoftwareLicensingService[0].IsKeyManagementServiceMachine = 1; $World.cim.SoftwareLicensingService[0].KeyManagementServicePort = 1690; $World.cim.SoftwareLicensingService[0].KeyManagementServiceMachine = 'own'; $one = (Get-VdpWindowsLicense).kms; $one.isHost; $one.port; $one.machine; $one.setByPolicy`,
    true,
    1690,
    'own',
    false,
  ],
  [
    'an evaluation',
    `$World.registry['HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion'].EditionID = 'EnterpriseEval'; (Get-VdpOs).evaluation`,
    true,
  ],
  [
    'a server without an edition',
    `$World.registry['HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion'] = @{}; $World.cim.Win32_OperatingSystem[0].ProductType = 3; (Get-VdpOs).evaluation; (Get-VdpOs).kind`,
    unknown,
    'server',
  ],
  [
    'a SkipRearm that is not there',
    `$World.registry['${SPP}'] = @{}; Get-VdpSkipRearm; $null -eq (Get-VdpSkipRearm)`,
    null,
    true,
  ],
  [
    'a shutdown that Windows does not take',
    "$World.programs['shutdown.exe'].exitCode = 5; Request-VdpPower -How /s -Reason x",
    false,
  ],
  [
    'the words of a shutdown',
    "function Invoke-VdpNative { param($Program, $Arguments, $TimeoutSeconds) $script:Words = $Arguments; @{ exitCode = 0 } }; $null = Request-VdpPower -How /r -Reason ('x' * 501); $script:Words[0..6]; $script:Words[7].Length",
    '/r',
    '/f',
    '/t',
    '5',
    '/d',
    'p:0:0',
    '/c',
    500,
  ],
  [
    'an activation without a product',
    `$World.cim.SoftwareLicensingProduct = @(); $end = Invoke-VdpWindowsActivation -Fence 7 -Effect e; $end.code; $script:Did.Count`,
    '0xC004F014',
    0,
  ],
  [
    'an activation of Office without a key',
    `$World.cim.SoftwareLicensingProduct = @(); (Invoke-VdpOfficeActivation -Fence 7 -Effect e).code`,
    '0xC004F014',
  ],
  [
    'an activation without Office',
    `$World.registry.Remove('HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun'); Invoke-VdpOfficeActivation -Fence 7 -Effect e`,
    { kind: 'missing' },
  ],
  [
    'a failed activation without a code',
    `function Invoke-CimMethod { [CmdletBinding()] param($InputObject, $MethodName, $Arguments) throw 'nein' }; Invoke-VdpActivate -Product 1 -Class SoftwareLicensingProduct`,
    { message: 'nein' },
  ],
  [
    'a method that returns a code',
    `function Invoke-CimMethod { [CmdletBinding()] param($InputObject, $MethodName, $Arguments) [pscustomobject] @{ ReturnValue = [uint32] 5 } }; Invoke-VdpCimMethod -Instance 1 -Class Win32_X -Method Do`,
    { kind: 'native', hresult: '0x00000005', message: 'Win32_X.Do returned 0x00000005' },
  ],
  [
    'arguments of a method',
    "$null = Invoke-VdpCimMethod -Instance 1 -Class Win32_X -Method Do -Arguments @{ A = 'b' }; $script:Did",
    'Do A=b',
  ],
  [
    'a tool in a folder below',
    `$World.files = @{ 'C:\\Office\\root\\x\\OSPP.VBS' = 'x' }; $one = Find-VdpOfficeTool -Places @('C:\\Office\\Office16') -ToolPlaces @(); $one.folder; $one.rearmTool`,
    'C:\\Office\\root\\x',
    null,
  ],
  [
    'licence files that are installed',
    `$World.files['C:\\Windows\\System32\\oem\\x\\c.xrm-ms'] = 'below'; $end = Install-VdpLicenceFile; $end.installed; $end.failed.Count; $script:Did`,
    2,
    0,
    'InstallLicense License=<a/>',
    'InstallLicense License=<b/>',
  ],
  [
    'a service that does not start',
    `function Start-Service { [CmdletBinding()] param($Name) Write-Error 'nein' }; function Start-Sleep { }; Set-VdpServiceState -Name vss -State stopped; Set-VdpServiceState -Name vss -State running -TimeoutSeconds 1`,
    { kind: 'native', message: 'service vss is not running after 1 s', details: 'nein' },
  ],
  [
    'a service that does not stop',
    `function Stop-Service { [CmdletBinding()] param($Name, [switch] $Force, [switch] $NoWait) $script:Did.Add("$Force $NoWait"); Write-Error 'nein' }; function Start-Sleep { }; try { Set-VdpServiceState -Name vss -State stopped -TimeoutSeconds 1 } catch { $_.Exception.Data['VdpDetails']; $script:Did[0] }`,
    'nein',
    'True True',
  ],
  [
    'events of Office where it has a service',
    `Add-Service $World 'osppsvc'; $World.events += @{ Id = 12288; Provider = 'Office Software Protection Platform Service'; RecordId = 6; TimeCreated = Get-Date; Properties = @(@{ Value = 'a, b' }); Message = 'x' }; (Get-VdpActivationEvents -Since 2026-01-02T03:04:05Z -Ids 12288).events | ForEach-Object { $_.record; $_.fields[1] }`,
    6,
    'b',
    7,
    '0x00000000',
  ],
  ['no ids, no events', '(Get-VdpActivationEvents -Since 2026-01-02T03:04:05Z -Ids @()).events.Count', 0],
  [
    'events from the moment that was named, as this machine counts',
    `function Get-VdpWinEvent { param($Log, $Provider, $Ids, $Since) $script:Did.Add("$Log $($Since.Kind) $($Since.ToUniversalTime().ToString('o'))") }; $null = Get-VdpActivationEvents -Since 2026-01-02T03:04:05Z -Ids 1; $script:Did`,
    'Application Local 2026-01-02T03:04:05.0000000Z',
  ],
]
