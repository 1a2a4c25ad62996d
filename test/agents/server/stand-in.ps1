# Stands in for the PVS snap-in and for the few calls of Windows that a server's agents make, in the agents' module of a test. A farm with one
# disk (W11), two devices and one server; its objects have the properties that the snap-in documents (snap-in.json) and no other, so that under
# strict mode a wrong name fails. $VdpExtract holds that file; $VdpFail maps a cmdlet to the error it answers with.
Add-Type -TypeDefinition @'
namespace Citrix.PVS.SnapIn {
  public class EAException : System.Exception {
    public EAException(int code, string message, string details) : base(message) { returnCode = code; Details = details; }
    public int returnCode; public string Details; public object partialReturn;
  }
  public class PvsException : System.Exception { public PvsException(System.Exception inner) : base("PvsException: " + inner.Message, inner) {} }
}
'@
$script:VdpHere = @{ Role = 'pvs'; Run = 'run1'; Boot = '6f2c1c1e-3f4a-4a58-9a83-0d9f6c1f6c11' }
$script:Extract = ConvertFrom-Json $VdpExtract
$script:None = [guid]::Empty
$script:Disk = [guid] '0d15c000-0000-4000-8000-000000000001'
$script:Other = [guid] '0d15c000-0000-4000-8000-000000000002'
$script:Master = [guid] 'de51ce00-0000-4000-8000-000000000001'
$script:Canary = [guid] 'de51ce00-0000-4000-8000-000000000002'
$script:Server = [guid] '5e7e7000-0000-4000-8000-000000000001'

function New-Thing([string] $Type, [hashtable] $Values) {
    $shape = $script:Extract.objects.$Type
    $all = [ordered] @{}
    foreach ($name in "$($shape.read) $($shape.write)".Trim() -split ' ') { $all[$name] = $Values[$name] }
    foreach ($name in $Values.Keys) { if (-not $all.Contains($name)) { throw "$Type has no $name" } }
    return [pscustomobject] $all
}
function Copy-Thing($Thing) { $Thing.PSObject.Copy() }
# Each cmdlet begins with this: it keeps the call and answers with the error that the test asked for.
function Enter-Cmdlet($Caller) {
    $name = $Caller.MyInvocation.MyCommand.Name
    $script:Calls.Add($name)
    if ($script:Fail.ContainsKey($name)) { Stop-Cmdlet $Caller @($script:Fail[$name]) }
}
function Stop-Cmdlet($Caller, [object[]] $Why) {
    $inner = if ($Why[0] -is [int]) { New-Object Citrix.PVS.SnapIn.EAException($Why[0], $Why[1], $Why[2]) } else { New-Object System.Net.WebException($Why[0]) }
    if ($Why.Count -gt 3) { $inner.partialReturn = $Why[3] }
    $record = New-Object Management.Automation.ErrorRecord((New-Object Citrix.PVS.SnapIn.PvsException($inner)), 'Citrix.PVS.SnapIn.X,Citrix.PVS.SnapIn.Y', 'NotSpecified', $null)
    $Caller.ThrowTerminatingError($record)
}

# The farm as every case finds it.
function Reset-Farm {
    $script:Soap = 'Running'
    $script:StartMode = 'Auto'
    $script:ExitCode = 0
    $script:Fail = @{}
    $script:Calls = New-Object System.Collections.Generic.List[string]
    $script:Mounted = $null
    $script:Tasks = @()
    Set-VdpActText -Text '{"fences":{},"receipts":[]}'
    $script:Disks = @(New-Thing PvsDiskInfo @{
        Guid = $Disk; Name = 'W11'; SiteName = 'Main'; StoreName = 'VHD'; WriteCacheType = 9; WriteCacheSize = [uint64] 4096; LicenseMode = 0
        DiskSize = [uint64] 64GB; VHDX = $true; LongDescription = ''; Enabled = $true; ServerName = ''; Active = $false; Mapped = $false; DeviceCount = 0
        TemporaryVersionSet = $false; AutoUpdateEnabled = $false; ServerId = $script:None
    })
    $script:Locks = @()
    $script:Versions = @(New-Thing PvsDiskVersion @{
        Version = 0; Access = 0; Type = 0; IsPending = $false; DeviceCount = 0; GoodInventoryStatus = $true; Description = ''; CreateDate = '2026/11/02 08:30:00'
    })
    $script:Devices = @(foreach ($one in @(@($script:Master, 'MASTER', 2), @($script:Canary, 'CANARY', 0))) {
        New-Thing PvsDeviceInfo @{
            Guid = $one[0]; Name = $one[1]; CollectionName = 'VDI'; DeviceMac = '00155D0A1E0' + $one[2]; Type = $one[2]; BootFrom = 1; Enabled = $true
            Active = $false; DiskLocatorName = 'VHD\W11'; DiskVersion = 0; ServerName = ''; Ip = '0.0.0.0'; DiskLocatorId = $script:None
        }
    })
    $script:Assigned = @(@{ device = $script:Master; disk = $Disk; enabled = $true })
}
Reset-Farm

function Select-Thing($Caller, $Things, [string] $By, $Value, [int] $Code, [string] $Message) {
    $found = @($Things | Where-Object { "$($_.$By)" -eq "$Value" })
    if ($found.Count -eq 0) { Stop-Cmdlet $Caller @($Code, $Message, '') }
    return $found | ForEach-Object { Copy-Thing $_ }
}
function Get-PvsDiskInfo {
    [CmdletBinding()] param([guid] $DiskLocatorId, [string] $DiskLocatorName, [string] $SiteName, [string] $StoreName)
    Enter-Cmdlet $PSCmdlet
    $by, $value = if ($DiskLocatorName) { 'Name', $DiskLocatorName } else { 'Guid', $DiskLocatorId }
    Select-Thing $PSCmdlet $script:Disks $by $value 44 'The specified vDisk does not exist.'
}
function Get-PvsDisk {
    [CmdletBinding()] param([guid] $DiskLocatorId)
    Enter-Cmdlet $PSCmdlet
    $info = Select-Thing $PSCmdlet $script:Disks Guid $DiskLocatorId 44 'The specified vDisk does not exist.'
    New-Thing PvsDisk @{ Guid = $info.Guid; WriteCacheType = $info.WriteCacheType; WriteCacheSize = $info.WriteCacheSize; LicenseMode = $info.LicenseMode; LongDescription = $info.LongDescription }
}
function Set-PvsDisk {
    [CmdletBinding()] param($Disk)
    Enter-Cmdlet $PSCmdlet
    $own = $script:Disks | Where-Object { $_.Guid -eq $Disk.Guid }
    foreach ($name in 'WriteCacheType', 'WriteCacheSize', 'LicenseMode', 'LongDescription') { $own.$name = $Disk.$name }
}
function Get-PvsDiskLocator {
    [CmdletBinding()] param([guid] $DiskLocatorId, [guid] $DeviceId)
    Enter-Cmdlet $PSCmdlet
    foreach ($info in $script:Disks) {
        $own = @($script:Assigned | Where-Object { $_.device -eq $DeviceId -and $_.disk -eq $info.Guid })
        if ($info.Guid -ne $DiskLocatorId -and $own.Count -eq 0) { continue }
        $thing = New-Thing PvsDiskLocator @{ Guid = $info.Guid; Name = $info.Name; ServerName = $info.ServerName; ServerId = $info.ServerId }
        if ($own.Count) { $thing.EnabledForDevice = $own[0].enabled }
        $thing
    }
}
function Set-PvsDiskLocator {
    [CmdletBinding()] param($DiskLocator)
    Enter-Cmdlet $PSCmdlet
    $own = $script:Disks | Where-Object { $_.Guid -eq $DiskLocator.Guid }
    $own.ServerName = if ($DiskLocator.ServerId -eq $script:None -and $own.ServerId -ne $script:None) { '' } else { $DiskLocator.ServerName }
    $own.ServerId = if ($own.ServerName) { $script:Server } else { $script:None }
}
function Get-PvsDiskLocatorLock { [CmdletBinding()] param([guid] $DiskLocatorId) Enter-Cmdlet $PSCmdlet; $script:Locks }
function Unlock-PvsDisk {
    [CmdletBinding()] param([guid] $DiskLocatorId, [guid] $OwnerId)
    Enter-Cmdlet $PSCmdlet
    $script:Locks = @($script:Locks | Where-Object { $_.DeviceId -ne $OwnerId })
}
function Get-PvsDiskVersion { [CmdletBinding()] param([guid] $DiskLocatorId) Enter-Cmdlet $PSCmdlet; $script:Versions | Sort-Object Version -Descending }
function New-PvsDiskMaintenanceVersion {
    [CmdletBinding()] param([guid] $DiskLocatorId)
    Enter-Cmdlet $PSCmdlet
    $made = New-Thing PvsDiskVersion @{
        Version = $script:Versions.Count; Access = 1; Type = 1; IsPending = $false; DeviceCount = 0; GoodInventoryStatus = $true; Description = ''; CreateDate = '22.11.2026 09:00'
    }
    $script:Versions += $made
    $made
}
function Invoke-PvsPromoteDiskVersion {
    [CmdletBinding()] param([guid] $DiskLocatorId, [switch] $Test, [int] $TestVersion)
    Enter-Cmdlet $PSCmdlet
    $one = $script:Versions | Where-Object { if ($TestVersion) { $_.Version -eq $TestVersion } else { $_.Access -eq 1 } }
    $one.Access = if ($Test) { 7 } else { 0 }
}
function Remove-PvsDiskVersion {
    [CmdletBinding()] param([guid] $DiskLocatorId, [int] $Version)
    Enter-Cmdlet $PSCmdlet
    $script:Versions = @($script:Versions | Where-Object { $_.Version -ne $Version })
}
function Get-PvsDiskInventory {
    [CmdletBinding()] param([guid] $DiskLocatorId)
    Enter-Cmdlet $PSCmdlet
    foreach ($one in $script:Versions) {
        New-Thing PvsDiskInventory @{ ServerName = 'PVS01'; State = '0'; Version = "$($one.Version)"; FileTime = [datetime] '2026-11-02'; PropertiesTime = [datetime]::MinValue }
    }
}
function Get-PvsDeviceInfo {
    [CmdletBinding()] param([guid] $DeviceId, [string] $DeviceName, [guid] $DiskLocatorId)
    Enter-Cmdlet $PSCmdlet
    if ($PSBoundParameters.ContainsKey('DiskLocatorId')) {
        $ids = @($script:Assigned | Where-Object { $_.disk -eq $DiskLocatorId } | ForEach-Object { $_.device })
        return $script:Devices | Where-Object { $_.Guid -in $ids }
    }
    $by, $value = if ($DeviceName) { 'Name', $DeviceName } else { 'Guid', $DeviceId }
    Select-Thing $PSCmdlet $script:Devices $by $value 43 'The specified Device does not exist.'
}
function Get-PvsDevice {
    [CmdletBinding()] param([guid] $DeviceId)
    Enter-Cmdlet $PSCmdlet
    $info = Select-Thing $PSCmdlet $script:Devices Guid $DeviceId 43 'The specified Device does not exist.'
    New-Thing PvsDevice @{ Guid = $info.Guid; BootFrom = $info.BootFrom; Type = $info.Type; Enabled = $info.Enabled }
}
function Set-PvsDevice {
    [CmdletBinding()] param($Device)
    Enter-Cmdlet $PSCmdlet
    $own = $script:Devices | Where-Object { $_.Guid -eq $Device.Guid }
    foreach ($name in 'BootFrom', 'Type', 'Enabled') { $own.$name = $Device.$name }
}
function Add-PvsDiskLocatorToDevice {
    [CmdletBinding()] param([guid] $DiskLocatorId, [guid] $DeviceId)
    Enter-Cmdlet $PSCmdlet
    $script:Assigned += @{ device = $DeviceId; disk = $DiskLocatorId; enabled = $true }
}
function Remove-PvsDiskLocatorFromDevice {
    [CmdletBinding()] param([guid] $DiskLocatorId, [guid] $DeviceId)
    Enter-Cmdlet $PSCmdlet
    $script:Assigned = @($script:Assigned | Where-Object { $_.device -ne $DeviceId -or $_.disk -ne $DiskLocatorId })
}
function Enable-PvsDeviceDiskLocator {
    [CmdletBinding()] param([guid] $DeviceId, [guid] $DiskLocatorId)
    Enter-Cmdlet $PSCmdlet
    $script:Assigned | Where-Object { $_.device -eq $DeviceId } | ForEach-Object { $_.enabled = $true }
}
function Disable-PvsDeviceDiskLocator {
    [CmdletBinding()] param([guid] $DeviceId, [guid] $DiskLocatorId)
    Enter-Cmdlet $PSCmdlet
    $script:Assigned | Where-Object { $_.device -eq $DeviceId } | ForEach-Object { $_.enabled = $false }
}
function New-Task {
    $task = New-Thing PvsTask @{ TaskId = 100 + $script:Tasks.Count; State = 0; MapiException = '' }
    $script:Tasks += $task
    $task
}
function Start-PvsDeviceBoot { [CmdletBinding()] param([guid] $DeviceId) Enter-Cmdlet $PSCmdlet; New-Task }
function Start-PvsDeviceShutdown { [CmdletBinding()] param([guid] $DeviceId) Enter-Cmdlet $PSCmdlet; New-Task }
function Get-PvsTask { [CmdletBinding()] param([uint32] $TaskId) Enter-Cmdlet $PSCmdlet; Select-Thing $PSCmdlet $script:Tasks TaskId $TaskId 189 'The specified Task does not exist.' }
function Get-PvsTaskStatus { [CmdletBinding()] param([uint32] $TaskId) Enter-Cmdlet $PSCmdlet; [uint32] 40 }
function Start-PvsCreateDisk {
    [CmdletBinding()] param([string] $Name, [uint64] $Size, [string] $StoreName, [string] $SiteName, [string] $ServerName, [switch] $VHDX, [switch] $Dynamic)
    Enter-Cmdlet $PSCmdlet
    $made = Copy-Thing $script:Disks[0]
    $made.Guid = $script:Other
    $made.Name = $Name
    $made.WriteCacheType = 0
    $made.DiskSize = [uint64] ($Size * 1MB)
    $script:Disks += $made
}
function Get-PvsCreateDiskStatus { [CmdletBinding()] param([string] $Name, [string] $StoreName) Enter-Cmdlet $PSCmdlet; New-Thing PvsDiskLocator @{ Guid = $script:Other; Name = $Name } }
function Get-PvsFarm { [CmdletBinding()] param() Enter-Cmdlet $PSCmdlet; New-Thing PvsFarm @{ Name = 'Farm'; AuditingEnabled = $true; MaxVersions = 5; AutomaticMergeEnabled = $true } }
function Get-PvsVersion { [CmdletBinding()] param() Enter-Cmdlet $PSCmdlet; New-Thing PvsVersion @{ MapiVersion = '7.41.0.5' } }
function Get-PvsLocalServer { [CmdletBinding()] param() Enter-Cmdlet $PSCmdlet; New-Thing PvsLocalServer @{ Name = 'PVS01' } }
function Get-PvsServer { [CmdletBinding()] param([string] $ServerName, [string] $StoreName, [string] $SiteName) Enter-Cmdlet $PSCmdlet; New-Thing PvsServer @{ Name = 'PVS01'; Role = 100 } }
function Get-PvsStore {
    [CmdletBinding()] param([string] $StoreName)
    Enter-Cmdlet $PSCmdlet
    if ($StoreName -ne 'VHD') { Stop-Cmdlet $PSCmdlet @(93, 'The specified Store does not exist.', '') }
    New-Thing PvsStore @{ Name = 'VHD'; Path = 'D:\VHD' }
}
function Get-PvsServerStore { [CmdletBinding()] param([Parameter(Mandatory)] [string] $ServerName, [string] $StoreName) Enter-Cmdlet $PSCmdlet; New-Thing PvsServerStore @{ ServerName = 'PVS01'; Path = '' } }
function Get-PvsStoreFreeSpace { [CmdletBinding()] param([string] $StoreName, [string] $ServerName, [string] $SiteName) Enter-Cmdlet $PSCmdlet; [uint32] 500000 }
function Get-PvsAuditTrail {
    [CmdletBinding()] param([guid] $DiskLocatorId, [datetime] $BeginDate)
    Enter-Cmdlet $PSCmdlet
    New-Thing PvsAuditTrail @{ Time = (Get-Date).AddMinutes(-5); Domain = 'CONTOSO'; UserName = 'other'; Action = 6004; ObjectName = 'W11' }
    New-Thing PvsAuditTrail @{ Time = (Get-Date).AddMinutes(-61); Domain = 'CONTOSO'; UserName = 'old'; Action = 6005; ObjectName = 'W11' }
}
function Get-PvsMountedDisk {
    [CmdletBinding()] param([string] $ServerName)
    Enter-Cmdlet $PSCmdlet
    if ($script:Mounted) { New-Thing PvsDiskLocator @{ Guid = $script:Mounted; Name = 'W11' } }
}
function Mount-PvsDisk { [CmdletBinding()] param([guid] $DiskLocatorId) Enter-Cmdlet $PSCmdlet; $script:Mounted = $DiskLocatorId; 'E:' }
function Dismount-PvsDisk { [CmdletBinding()] param() Enter-Cmdlet $PSCmdlet; $script:Mounted = $null }

# Windows
$env:COMPUTERNAME = 'PVS01'
function Start-Sleep { param([int] $Seconds) }
function Start-Service { [CmdletBinding()] param([string] $Name) Enter-Cmdlet $PSCmdlet; $script:Soap = 'Running' }
function Get-VdpCim {
    param([string] $Class, [string] $Filter, [string[]] $Property, [string] $Namespace)
    switch ($Class) {
        'Win32_ComputerSystem' { [pscustomobject] @{ Name = 'PVS01' } }
        'Win32_Service' {
            $name = $Filter -replace "^Name='|'$", ''
            $run = if ($name -eq 'soapserver') { $script:Soap } else { 'Running' }
            [pscustomobject] @{ Name = $name; State = $run; StartMode = $script:StartMode; StartName = 'CONTOSO\svc-pvs'; ProcessId = 1234; ExitCode = $script:ExitCode }
        }
        'Win32_SystemDriver' {
            if ($Filter -notlike '*CVhdMp*') { return }
            [pscustomobject] @{ Name = 'CVhdMp'; State = 'Running'; StartMode = 'Boot'; PathName = 'C:\Windows\system32\drivers\CVhdMp.sys' }
        }
        'CIM_DataFile' { if ($Filter -eq "Name='C:\\Windows\\system32\\drivers\\CVhdMp.sys'") { [pscustomobject] @{ Version = '7.41.0.5' } } }
        'Win32_PnPEntity' { foreach ($code in 0, 10) { [pscustomobject] @{ ConfigManagerErrorCode = [uint32] $code } } }
        'RSOP_UserPrivilegeRight' { [pscustomobject] @{ GPOID = 'cn={31B2F340}' } }
        default { throw "CIM class $Class is not modelled" }
    }
}
function Test-VdpRegistryKey { param([string] $Key) $false }
function Get-VdpRegistryValue { param([string] $Key, [string] $Name) $null }
$script:Token = @{ user = 'S-1-5-21-1-2-3-1104'; groups = @('S-1-1-0', 'S-1-5-32-544'); privileges = @('SeChangeNotifyPrivilege', 'SeManageVolumePrivilege') }
function Get-VdpProcessToken { param([int] $ProcessId) if ($script:Token) { $script:Token } else { throw 'Zugriff verweigert' } }
function Get-VdpLsaHolder { param([string] $Right) 'S-1-5-32-544' }
function Get-VdpSidName { param([string] $Sid) if ($Sid -eq 'S-1-5-32-544') { 'VORDEFINIERT\Administratoren' } else { '' } }
function New-VdpAdminFolder { param([string] $Path) }
