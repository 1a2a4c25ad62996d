# Two machines for the surface of tables: a Windows 11 with Click-to-Run, and a Windows 7 with MSI Office, both with German texts.
$env:SystemRoot = 'C:\Windows'
$env:SystemDrive = 'C:'
$env:ProgramData = 'C:\ProgramData'
$env:ProgramFiles = 'C:\Program Files'
$spp = 'HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform'
$windowsId = '55c92734-d682-4d71-983e-d6ec3f16059f'
function New-Product($Application, $Id, $Name, $Partial, $More) {
    $product = @{
        ID = $Id; ApplicationID = $Application; Name = $Name; Description = "$Name, VOLUME_KMSCLIENT channel"; PartialProductKey = $Partial
        LicenseStatus = [uint32] 1; LicenseStatusReason = [uint32] '0x4004F040'; GracePeriodRemaining = [uint32] 259200
    }
    foreach ($key in $More.Keys) { $product[$key] = $More[$key] }
    return $product
}
function New-Common {
    return @{
        registry = @{
            'HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion' = @{ EditionID = 'Enterprise' }
            $spp = @{ SkipRearm = 1 }
            'HKLM\SYSTEM\CurrentControlSet\Control' = @{ PEFirmwareType = 2 }
            'HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Power' = @{ HiberbootEnabled = 0 }
            'HKLM\SYSTEM\CurrentControlSet\Control\Session Manager' = @{ PendingFileRenameOperations = @('\??\C:\a', '') }
            'HKLM\SYSTEM\CurrentControlSet\Services\bnistack\PVSAgent' = @{ WriteCacheType = 0; DiskName = 'W11.vhdx' }
            'HKLM\SYSTEM\CurrentControlSet\Services\Netlogon\Parameters' = @{ DisablePasswordChange = 1 }
        }
        files = @{ 'C:\Personality.ini' = "[StringData]`r`n`$DiskName=W11.vhdx`r`n_DiskMode=P`r`n" }
        cim = @{
            Win32_Processor = @(@{ AddressWidth = [uint16] 64; Name = 'x' })
            Win32_ComputerSystem = @(@{ Name = 'MASTER'; Domain = 'corp.test'; PartOfDomain = $true })
            Win32_NetworkAdapterConfiguration = @(
                @{ IPEnabled = $true; MACAddress = '00:50:56:00:00:01'; IPAddress = @('192.0.2.10', 'fe80::1'); DHCPEnabled = $true; DNSDomain = 'corp.test'; DNSDomainSuffixSearchOrder = $null }
                @{ IPEnabled = $false; MACAddress = $null; IPAddress = $null; DHCPEnabled = $false; DNSDomain = $null; DNSDomainSuffixSearchOrder = $null }
            )
            Win32_LogicalDiskToPartition = @(@{ Antecedent = @{ DeviceID = 'Disk #0, Partition #1' }; Dependent = @{ DeviceID = 'C:' } })
            Win32_DiskDriveToDiskPartition = @(@{ Antecedent = @{ DeviceID = '\\.\PHYSICALDRIVE0' }; Dependent = @{ DeviceID = 'Disk #0, Partition #1' } })
            Win32_DiskDrive = @(@{ DeviceID = '\\.\PHYSICALDRIVE0'; PNPDeviceID = 'SCSI\DISK\1' })
            Win32_SCSIControllerDevice = @(@{ Antecedent = @{ DeviceID = 'ROOT\CVHDMP\0' }; Dependent = @{ DeviceID = 'SCSI\DISK\1' } })
            Win32_SCSIController = @(@{ DeviceID = 'ROOT\CVHDMP\0'; DriverName = 'CVhdMp' })
            Win32_IDEControllerDevice = @()
            Win32_Process = @(@{ Name = 'explorer.exe' }, @{ Name = 'WINWORD.EXE' }, @{ Name = 'winword.exe' })
            Win32_EncryptableVolume = @(@{ DriveLetter = 'C:'; ConversionStatus = [uint32] 0 })
        }
        events = @(
            @{ Id = 12289; Provider = 'Microsoft-Windows-Security-SPP'; RecordId = 8; TimeCreated = [datetime] '2026-01-02T03:05:00Z'; Properties = @(@{ Value = '0x00000000, 0x01000000, 1, 0, 50, 120, 10080, 2026/01/02 03:05' }); Message = 'Antwort' }
            @{ Id = 12288; Provider = 'Microsoft-Windows-Security-SPP'; RecordId = 7; TimeCreated = [datetime] '2026-01-02T03:04:00Z'; Properties = @(@{ Value = '0x00000000,0x00000000,kms:1688' }); Message = 'Anfrage' }
        )
        kms = @{ domain = 'corp.test'; host = 'kms.corp.test' }
        fails = @{}
        refuses = $null
        programs = @{ 'shutdown.exe' = @{ exitCode = 0; output = ''; timedOut = $false }; 'w32tm.exe' = @{ exitCode = 0; output = "Aktuelle Zeit`r`n12:00:00, -01,5000000s`r`n"; timedOut = $false } }
    }
}
function Add-Service($World, [string[]] $Names) {
    $World.cim.Win32_Service = @($Names | ForEach-Object { @{ Name = $_; State = 'Running'; StartMode = 'Auto'; StartName = 'x'; ProcessId = [uint32] 4; ExitCode = [uint32] 0 } })
}
function New-Windows11 {
    $World = New-Common
    Add-Service $World 'sppsvc', 'BNDevice', 'wuauserv', 'TrustedInstaller', 'swprv', 'vss', 'ShellHWDetection'
    $World.cim.Win32_OperatingSystem = @(@{ Caption = 'Microsoft Windows 11 Enterprise '; Version = '10.0.22631'; BuildNumber = '22631'; ProductType = [uint32] 1; LastBootUpTime = [datetime] '2026-01-02T00:00:00Z' })
    $World.cim.SoftwareLicensingService = @(@{ ClientMachineID = 'd3b07384-d9a0-4e9b-8a4d-0a6f6e0c0001'; RemainingWindowsReArmCount = [uint32] 1001; KeyManagementServiceMachine = $null; KeyManagementServicePort = [uint32] 0; KeyManagementServiceLookupDomain = $null; IsKeyManagementServiceMachine = [uint32] 0 })
    $newer = @{ VLActivationType = [uint32] 2; VLActivationTypeEnabled = [uint32] 0; LicenseIsAddon = $false; RemainingAppReArmCount = [uint32] 5; DiscoveredKeyManagementServiceMachineName = 'kms.corp.test' }
    $office = '0ff1ce15-a989-479d-af46-f275c6370663'
    $World.cim.SoftwareLicensingProduct = @(
        (New-Product $windowsId '73111121-5638-40f6-bc11-f1d7b0d64300' 'Windows(R), Enterprise edition' '2YT43' $newer)
        (New-Product $office 'fbdb3e18-a8ef-4fb3-9183-dffd60bd0984' 'Office 21, ProPlus' '6F7TH' $newer)
    )
    $World.registry['HKLM\SOFTWARE\Microsoft\Office\ClickToRun'] = @{ InstallPath = 'C:\Program Files\Microsoft Office' }
    $World.registry['HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration'] = @{ ProductReleaseIds = 'O365ProPlusRetail,VisioPro2021Volume,ProjectPro2021Volume'; Platform = 'x64' }
    $World.files['C:\Program Files\Microsoft Office\Office16\OSPP.VBS'] = 'x'
    $World.files['C:\Program Files\Microsoft Office\Office16\OSPPREARM.EXE'] = 'x'
    $World.files['C:\Windows\System32\spp\store\2.0\tokens.dat'] = 'tokens'
    $World.files['C:\Windows\System32\spp\tokens\skus\a.xrm-ms'] = '<a/>'
    $World.files['C:\Windows\System32\oem\b.xrm-ms'] = '<b/>'
    $World.programs['OSPPREARM.EXE'] = @{ exitCode = 0; output = "Microsoft Office rearm successful.`r`n"; timedOut = $false }
    return $World
}
function New-Windows7 {
    $World = New-Common
    Add-Service $World 'sppsvc', 'osppsvc', 'wuauserv'
    $World.cim.Win32_OperatingSystem = @(@{ Caption = 'Microsoft Windows 7 Enterprise'; Version = '6.1.7601'; BuildNumber = '7601'; ProductType = [uint32] 1; LastBootUpTime = [datetime] '2026-01-02T00:00:00Z' })
    $World.cim.SoftwareLicensingService = @(@{ ClientMachineID = $null; RemainingWindowsReArmCount = [uint32] 3; KeyManagementServiceMachine = 'old.corp.test'; KeyManagementServicePort = [uint32] 1688; IsKeyManagementServiceMachine = [uint32] 0 })
    $World.cim.SoftwareLicensingProduct = @((New-Product $windowsId 'ae2ee509-1b34-41c0-acb7-6d4650168915' 'Windows(R) 7, Enterprise edition' 'HVTHH' @{ LicenseIsAddon = $false }))
    $World.cim.OfficeSoftwareProtectionService = @(@{ ClientMachineID = 'd3b07384-d9a0-4e9b-8a4d-0a6f6e0c0002' })
    $World.cim.OfficeSoftwareProtectionProduct = @((New-Product '59a52881-a989-479d-af46-f275c6370663' '6f327760-8c5c-417c-9b61-836a98287e0c' 'Office 14, ProPlus' 'H3GVB' @{}))
    $x86 = 'HKLM\SOFTWARE\Wow6432Node\Microsoft'
    $World.registry["$x86\Office\14.0\Common\InstallRoot"] = @{ Path = 'C:\Program Files (x86)\Microsoft Office\Office14\' }
    $World.registry["$x86\OfficeSoftwareProtectionPlatform"] = @{ Path = 'C:\Program Files (x86)\Common Files\Microsoft Shared\OfficeSoftwareProtectionPlatform\' }
    foreach ($program in 'Office14.PROPLUS', 'Office14.PRJPROR', 'Office14.OMUI.de-de', '{90140000-0011}') { $World.registry["$x86\Windows\CurrentVersion\Uninstall\$program"] = @{} }
    $World.files['C:\Program Files (x86)\Microsoft Office\Office14\OSPP.VBS'] = 'x'
    $World.files['C:\Program Files (x86)\Common Files\Microsoft Shared\OfficeSoftwareProtectionPlatform\OSPPREARM.EXE'] = 'x'
    $World.files['C:\Windows\ServiceProfiles\NetworkService\AppData\Roaming\Microsoft\SoftwareProtectionPlatform\tokens.dat'] = 'tokens'
    $World.programs['cscript.exe'] = @{ exitCode = 0; output = "ABCDE-ABCDE-ABCDE-ABCDE-ABCDE <Product key installation successful>`r`n"; timedOut = $false }
    return $World
}
