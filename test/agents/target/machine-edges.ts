import { expect } from '@jest/globals'
import type { Edge } from './edge.ts'

const CONTROL = 'HKLM\\SYSTEM\\CurrentControlSet\\Control'
const STORE = 'C:\\Windows\\System32\\spp\\store\\2.0'
const LOG = 'C:\\ProgramData\\Citrix\\ImagingWizard\\ImagingWizard'
const programs = [
  'WINWORD',
  'EXCEL',
  'POWERPNT',
  'OUTLOOK',
  'ONENOTE',
  'MSACCESS',
  'MSPUB',
  'INFOPATH',
  'LYNC',
  'VISIO',
  'WINPROJ',
]
const refused = { kind: 'refused' }
const unknown = { unknown: expect.any(String) as unknown }
const fails = (id: string) =>
  `function Get-CimInstance { [CmdletBinding()] param($ClassName, $Namespace, $Filter) Write-Error -Message 'nein' -ErrorId '${id}' }`
const words = (text: string) =>
  text
    .split(' ')
    .map((one) => `'${one}'`)
    .join(', ')
const volume = (status: string) => `$World.cim.Win32_EncryptableVolume[0].ConversionStatus = ${status}; Get-VdpEncryption`
const driver = (name: string) =>
  `$World.cim.Win32_SCSIController[0].DriverName = '${name}'; (Get-VdpPvsAttachment).systemVolumeOnVdisk`
const key = (status: number, addon = false) =>
  `(New-Product $windowsId 'id${status}' 'Windows' 'AAAAA' @{ LicenseStatus = [uint32] ${status}; LicenseIsAddon = $${addon} })`
const chosen = (...products: string[]) =>
  `$World.cim.SoftwareLicensingProduct = @(${products.join('; ')}); (Select-VdpWindowsProduct).ID`
const imaging = (change: string) =>
  `$World.cim.Win32_SCSIController[0].DriverName = 'storahci'; ${change}; $null = Assert-VdpImagingState; 'may'`
const pvs = (change: string) =>
  `$World.registry['HKLM\\SYSTEM\\CurrentControlSet\\Services\\bnistack\\PVSAgent'] = @{ ${change} }`
const same = (path: string, hash = '$hash', bytes = '$null') =>
  `$World.files['${STORE}\\other.dat'] = 'tokens'; $hash = (Get-VdpFile -Path '${STORE}\\tokens.dat').sha256; Assert-VdpSameFile -Path '${path}' -Sha256 ${hash} -Bytes ${bytes}; 'same'`

/** Parts that tell of the machine, its Windows, its disks and its stores. */
export const machine: readonly Edge[] = [
  [
    'every program of Office that runs is told, and no other',
    `$World.cim.Win32_Process = @('notepad', ${words(programs.join(' '))} | ForEach-Object { @{ Name = "$($_.ToLowerInvariant()).exe" } }); (Get-VdpOffice).running`,
    ...programs,
  ],
  ...['decrypted', 'encrypted', 'encrypting', 'decrypting', 'encrypting', 'decrypting', unknown].map(
    (says, n) => [`a volume of encryption status ${n}`, volume(`[uint32] ${n}`), says] as const,
  ),
  ['a volume without a status', volume('$null'), unknown],
  ['no encryptable volume', '$World.cim.Win32_EncryptableVolume = @(); Get-VdpEncryption', 'decrypted'],
  ['a Windows without the class of encryption', `${fails('HRESULT 0x8004100e')}; Get-VdpEncryption`, 'decrypted'],
  [
    'encryption that may not be asked for',
    `${fails('HRESULT 0x80041003')}; Get-VdpEncryption`,
    { kind: 'native', hresult: '0x80041003' },
  ],
  ['nothing that waits for a reboot', `$World.registry['${CONTROL}\\Session Manager'] = @{}; Get-VdpPendingReboot`],
  [
    'a component that waits for a reboot',
    `$World.registry['${CONTROL}\\Session Manager'] = @{}; $World.registry['HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending'] = @{}; Get-VdpPendingReboot`,
    'Component Based Servicing',
  ],
  [
    'an update that waits for a reboot',
    `$World.registry['${CONTROL}\\Session Manager'] = @{}; $World.registry['HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired'] = @{}; Get-VdpPendingReboot`,
    'Windows Update',
  ],
  [
    'a new name that waits for a reboot',
    `$World.registry['${CONTROL}\\ComputerName\\ActiveComputerName'] = @{ ComputerName = 'A' }; $World.registry['${CONTROL}\\ComputerName\\ComputerName'] = @{ ComputerName = 'B' }; Get-VdpPendingReboot`,
    'file renames',
    'computer name',
  ],
  ['an installer that works', `$World.cim.Win32_Process += @{ Name = 'TiWorker.exe' }; (Get-VdpUpdates).installerRunning`, true],
  [
    'an installation in progress',
    `$World.registry['HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer\\InProgress'] = @{}; (Get-VdpUpdates).installerRunning`,
    true,
  ],
  ['update services that are there', '(Get-VdpUpdates).services | ForEach-Object { $_.name }', 'wuauserv', 'TrustedInstaller'],
  [
    'another tool that rearms',
    `$World.registry['HKLM\\SOFTWARE\\Login Consultants\\BISF'] = @{}; (Get-VdpSecurity).otherRearmTool`,
    'BIS-F',
  ],
  [
    'a machine password that changes',
    `$World.registry['HKLM\\SYSTEM\\CurrentControlSet\\Services\\Netlogon\\Parameters'] = @{}; (Get-VdpSecurity).machinePasswordChangeDisabled`,
    false,
  ],
  [
    'the older licensing service',
    `($World.cim.Win32_Service | Where-Object { $_.Name -eq 'sppsvc' }).Name = 'SLSVC'; (Get-VdpLicenceService).name`,
    'slsvc',
  ],
  [
    'no licensing service',
    `$World.cim.Win32_Service = @(); Get-VdpLicenceService`,
    { kind: 'missing', message: 'there is neither sppsvc nor slsvc' },
  ],
  [
    'a service in each state',
    `foreach ($one in 'Stopped', 'Start Pending', 'Continue Pending', 'Stop Pending', 'Paused') { $World.cim.Win32_Service[0].State = $one; (Get-VdpService -Name sppsvc).state }`,
    'stopped',
    'starting',
    'starting',
    'stopping',
    'running',
  ],
  ['a product with a key', chosen(key(0)), 'id0'],
  ['the product that is licensed', chosen(key(2), key(1), key(0)), 'id1'],
  ['the one that is at least in a grace period', chosen(key(0), key(2)), 'id2'],
  ['an add-on is no Windows', chosen(key(1, true), key(0)), 'id0'],
  [
    'two that are alike',
    chosen(key(2), key(2)),
    { kind: 'refused', message: '2 products of Windows have a key, and none stands out' },
  ],
  [
    'a client channel where no key is in',
    `$World.cim.SoftwareLicensingProduct = @((New-Product $windowsId 'a' 'Windows' $null @{}), (New-Product $windowsId 'b' 'Windows' $null @{ Description = 'RETAIL' })); (Get-VdpWindowsProduct).ID; (ConvertTo-VdpProduct -Product (Get-VdpWindowsProduct)).partialKey`,
    'a',
    null,
  ],
  [
    'Office with fewest rearms left',
    `$World.cim.SoftwareLicensingProduct += New-Product '0ff1ce15-a989-479d-af46-f275c6370663' 'x' 'Visio' 'BBBBB' @{ RemainingAppReArmCount = [uint32] 2; LicenseIsAddon = $false; VLActivationType = 0 }; (Get-VdpOffice).rearmsLeft`,
    2,
  ],
  ['words of the wizard for UEFI', 'Get-VdpImagingWord', 'P2PVS', '/QuitWhenDone'],
  [
    'words of the wizard for a BIOS',
    `$World.registry['${CONTROL}'].PEFirmwareType = 1; Get-VdpImagingWord`,
    'P2PVS',
    'C:',
    '/QuitWhenDone',
  ],
  ['a hard disk beside a vDisk attached read/write', imaging(''), 'may'],
  ['the same as a difference disk', imaging(pvs('WriteCacheType = 10')), 'may'],
  ['a vDisk that is read alone', imaging(pvs('WriteCacheType = 9')), refused],
  ['no vDisk', imaging(`$World.registry.Remove('HKLM\\SYSTEM\\CurrentControlSet\\Services\\bnistack\\PVSAgent')`), refused],
  ['a machine that runs from the vDisk', imaging("$World.cim.Win32_SCSIController[0].DriverName = 'CVhdMp'"), refused],
  ['a machine of which that is not known', imaging('$World.cim.Win32_SCSIController = @()'), refused],
  ...['CVhdMp', 'CVhdBusP6', 'bnistack', 'bnistack6'].map((name) => [`the driver ${name}`, driver(name), true] as const),
  ['a driver of a hard disk', driver('storahci'), false],
  [
    'a disk at IDE',
    `$World.cim.Win32_SCSIController = @(); $World.cim.Win32_IDEControllerDevice = @(@{ Dependent = @{ DeviceID = 'SCSI\\DISK\\1' } }); Get-VdpSystemDiskDriver`,
    'ide',
  ],
  ['no log of the wizard', 'Get-VdpImagingLog -Since (Get-Date)', ''],
  [
    'a log of the very moment',
    `$World.files['${LOG}.log'] = 'now'; Get-VdpImagingLog -Since ([datetime]::Parse('2099-01-01T00:00:00.000Z'))`,
    'now',
  ],
  [
    'a log of an earlier run',
    `$World.files['${LOG}.txt'] = 'old'; Get-VdpImagingLog -Since ([datetime]::Parse('2099-01-01T00:00:00.001Z'))`,
    '',
  ],
  [
    'a long log',
    `$World.files['${LOG}.txt'] = 'b' + 'a' * 65536; (Get-VdpImagingLog -Since (Get-Date)).Length; (Get-VdpImagingLog -Since (Get-Date))[0]`,
    65536,
    'a',
  ],
  ['a store that is the same', same(`${STORE}\\tokens.dat`, '$hash', '6'), 'same'],
  ['a store of another size', same(`${STORE}\\tokens.dat`, '$hash', '7'), refused],
  ['a store of other content', same(`${STORE}\\tokens.dat`, "'0'"), refused],
  ['a file of another name in a store', same(`${STORE}\\other.dat`), refused],
  ['a file in another folder', `$World.files['C:\\tokens.dat'] = 'tokens'; ${same('C:\\tokens.dat')}`, refused],
  [
    'a file that is no backup',
    `$World.files['${STORE}\\tokens.dat.old'] = 'x'; (Get-VdpTokenStore).stores[2].backups.Count; Remove-VdpTokenBackup -Backup '${STORE}\\tokens.dat' -Sha256 x -Bytes 1 -Fence 7 -Effect e`,
    0,
    { kind: 'refused', message: `${STORE}\\tokens.dat is no renamed store` },
  ],
]
