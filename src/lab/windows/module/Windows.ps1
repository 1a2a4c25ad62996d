# Stands in for the cmdlets through which the agents reach Windows: global functions of the same names come before cmdlets, also in a module.
# What concerns the modelled Windows (paths with a drive letter, HKEY_ paths, CIM, services, events, DNS, time) is asked of the lab; all else goes
# to the real cmdlet. A parameter that is not declared here is not modelled, and PowerShell says so by name.
$env:SystemDrive = 'C:'
$env:SystemRoot = $env:windir = 'C:\Windows'
$env:ProgramData = $env:ALLUSERSPROFILE = 'C:\ProgramData'
$env:ProgramFiles = $env:ProgramW6432 = 'C:\Program Files'
[Environment]::SetEnvironmentVariable('ProgramFiles(x86)', 'C:\Program Files (x86)')
$env:CommonProgramFiles = 'C:\Program Files\Common Files'
$global:LabTemp = [System.IO.Path]::GetTempPath()

# Whether a path lies on the modelled machine.
function global:Test-LabPath([string] $Path) {
    $Path -match '^[A-Za-z]:\\' -and -not $Path.StartsWith($global:LabTemp, [StringComparison]::OrdinalIgnoreCase)
}
# HKLM\... for a path of the registry provider, else nothing.
function global:Get-LabKey([string] $Path) {
    if ($Path -match '^(?:Microsoft\.PowerShell\.Core\\)?Registry::HKEY_(LOCAL_MACHINE|USERS)\\(.+)$') {
        return @{ LOCAL_MACHINE = 'HKLM'; USERS = 'HKU' }[$Matches[1]] + "\$($Matches[2])"
    }
}
# What Windows or PowerShell says to people, in the language of the modelled machine.
function global:Get-LabWords([string] $Text) { Invoke-LabSurface -Call words.of -With @{ text = $Text } }
# Writes the error of a failed call as the cmdlet would: kinds that Windows itself knows; anything else is the lab's own and ends the caller.
function global:Write-LabError($Cmdlet, $Failure, [string] $Type, [string] $Id = '') {
    $thrown = $Failure.Exception
    if ('cim', 'path', 'service' -notcontains $thrown.Data['LabKind']) { throw $Failure }
    if (-not $Id) { $Id = "HRESULT $($thrown.Data['LabCode'])" }
    $record = [System.Management.Automation.ErrorRecord]::new($thrown, "$Id,$Type", 'NotSpecified', $null)
    $Cmdlet.WriteError($record)
}

function global:Get-CimInstance {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [string] $ClassName, [string] $Namespace = 'root/cimv2', [string] $Filter, [string[]] $Property)
    $asked = @{ class = $ClassName; namespace = $Namespace; filter = $null; property = $null }
    if ($Filter) { $asked.filter = $Filter }
    if ($Property) { $asked.property = $Property }
    try {
        $found = Invoke-LabSurface -Call cim.get -With $asked
    } catch {
        Write-LabError $PSCmdlet $_ 'Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand'
        return
    }
    foreach ($one in $found) {
        $one.PSObject.TypeNames.Insert(0, "Microsoft.Management.Infrastructure.CimInstance#$Namespace/$ClassName")
        $one
    }
}
function global:Invoke-CimMethod {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [PSObject] $InputObject,
        [Parameter(Mandatory)] [string] $MethodName,
        [System.Collections.IDictionary] $Arguments = @{}
    )
    $id = $InputObject.PSObject.Properties['ID']
    $asked = @{
        class = @($InputObject.PSObject.TypeNames -like '*CimInstance#*')[0] -replace '^.*/', ''
        id = if ($id) { $id.Value }
        method = $MethodName
        arguments = $Arguments
    }
    try {
        Invoke-LabSurface -Call cim.invoke -With $asked
    } catch {
        Write-LabError $PSCmdlet $_ 'Microsoft.Management.Infrastructure.CimCmdlets.InvokeCimMethodCommand'
    }
}

function global:Test-Path {
    [CmdletBinding()]
    param([Parameter(Position = 0)] [string] $Path, [string] $LiteralPath)
    $at = if ($LiteralPath) { $LiteralPath } else { $Path }
    $key = Get-LabKey $at
    if ($key) { return $null -ne (Invoke-LabSurface -Call registry.read -With @{ key = $key }) }
    if (Test-LabPath $at) { return $null -ne (Invoke-LabSurface -Call file.test -With @{ path = $at }) }
    Microsoft.PowerShell.Management\Test-Path @PSBoundParameters
}
function global:Get-ItemProperty {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $LiteralPath)
    $key = Get-LabKey $LiteralPath
    if (-not $key) { throw "the lab does not model Get-ItemProperty for $LiteralPath" }
    $found = Invoke-LabSurface -Call registry.read -With @{ key = $key }
    if ($null -ne $found) { return $found.values }
    $thrown = [System.Management.Automation.ItemNotFoundException]::new((Get-LabWords "Cannot find path '$LiteralPath' because it does not exist."))
    $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new($thrown, 'PathNotFound', 'ObjectNotFound', $LiteralPath))
}
function global:Remove-ItemProperty {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $LiteralPath, [Parameter(Mandatory)] [string] $Name)
    $null = Invoke-LabSurface -Call registry.remove -With @{ key = (Get-LabKey $LiteralPath); name = $Name }
}
function global:Get-ChildItem {
    [CmdletBinding()]
    param([Parameter(Position = 0)] [string] $Path, [string] $LiteralPath, [string] $Filter = '*', [switch] $File, [switch] $Force, [switch] $Recurse)
    $at = if ($LiteralPath) { $LiteralPath } else { $Path }
    $key = Get-LabKey $at
    if ($key) {
        $found = Invoke-LabSurface -Call registry.read -With @{ key = $key }
        return $found.subkeys | ForEach-Object { [pscustomobject] @{ PSChildName = $_; Name = "$at\$_" } }
    }
    if (-not (Test-LabPath $at)) { return Microsoft.PowerShell.Management\Get-ChildItem @PSBoundParameters }
    if (-not $File) { throw 'the lab does not model Get-ChildItem for folders' }
    try {
        $found = Invoke-LabSurface -Call file.list -With @{ folder = $at; filter = $Filter; recurse = [bool] $Recurse }
    } catch {
        Write-LabError $PSCmdlet $_ 'Microsoft.PowerShell.Commands.GetChildItemCommand' 'PathNotFound'
        return
    }
    foreach ($one in $found) { [pscustomobject] @{ FullName = $one; Name = $one -replace '^.*\\', '' } }
}
function global:Move-Item {
    [CmdletBinding()]
    param([string] $LiteralPath, [string] $Destination)
    if (-not (Test-LabPath $LiteralPath)) { return Microsoft.PowerShell.Management\Move-Item @PSBoundParameters }
    try {
        $null = Invoke-LabSurface -Call file.move -With @{ path = $LiteralPath; to = $Destination }
    } catch {
        Write-LabError $PSCmdlet $_ 'Microsoft.PowerShell.Commands.MoveItemCommand' 'MoveFileInfoItemIOError'
    }
}
function global:Remove-Item {
    [CmdletBinding()]
    param([string] $LiteralPath, [switch] $Force)
    if (-not (Test-LabPath $LiteralPath)) { return Microsoft.PowerShell.Management\Remove-Item @PSBoundParameters }
    try {
        $null = Invoke-LabSurface -Call file.remove -With @{ path = $LiteralPath }
    } catch {
        Write-LabError $PSCmdlet $_ 'Microsoft.PowerShell.Commands.RemoveItemCommand' 'PathNotFound'
    }
}
function global:New-Item {
    [CmdletBinding()]
    param([string] $ItemType, [string] $Path, [switch] $Force)
    if (-not (Test-LabPath $Path)) { return Microsoft.PowerShell.Management\New-Item @PSBoundParameters }
    if ($ItemType -ne 'Directory') { throw "the lab does not model New-Item for $ItemType" }
    $null = Invoke-LabSurface -Call folder.create -With @{ path = $Path }
    [pscustomobject] @{ FullName = $Path; Attributes = [System.IO.FileAttributes]::Directory }
}

function global:Start-Service {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Name)
    try { $null = Invoke-LabSurface -Call service.set -With @{ name = $Name; state = 'Running' } }
    catch { Write-LabError $PSCmdlet $_ 'Microsoft.PowerShell.Commands.StartServiceCommand' 'StartServiceFailed' }
}
function global:Stop-Service {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Name, [switch] $Force, [switch] $NoWait)
    try { $null = Invoke-LabSurface -Call service.set -With @{ name = $Name; state = 'Stopped' } }
    catch { Write-LabError $PSCmdlet $_ 'Microsoft.PowerShell.Commands.StopServiceCommand' 'StopServiceFailed' }
}
function global:Get-WinEvent {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [hashtable] $FilterHashtable, [int] $MaxEvents = 2147483647)
    foreach ($name in $FilterHashtable.Keys) {
        if ('LogName', 'ProviderName', 'Id', 'StartTime', 'EndTime' -notcontains $name) { throw "the lab does not model the filter $name of Get-WinEvent" }
    }
    $asked = @{
        log = $FilterHashtable.LogName
        provider = $FilterHashtable.ProviderName
        ids = @($FilterHashtable.Id)
        since = ([datetime] $FilterHashtable.StartTime).ToUniversalTime().ToString('o')
        until = if ($FilterHashtable.ContainsKey('EndTime')) { ([datetime] $FilterHashtable.EndTime).ToUniversalTime().ToString('o') }
        most = $MaxEvents
    }
    $found = Invoke-LabSurface -Call event.get -With $asked
    if (@($found).Count -eq 0) {
        $why = [System.Exception]::new((Get-LabWords 'No events were found that match the specified selection criteria.'))
        $id = 'NoMatchingEventsFound'
        $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new($why, $id, 'ObjectNotFound', $null))
        return
    }
    foreach ($one in $found) {
        $one.TimeCreated = $one.TimeCreated.ToLocalTime()
        $one.Properties = @(foreach ($value in $one.Properties) { [pscustomobject] @{ Value = $value } })
        $one
    }
}
function global:Resolve-DnsName {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [string] $Type, [switch] $DnsOnly)
    $found = Invoke-LabSurface -Call dns.resolve -With @{ name = $Name; type = $Type }
    if ($null -ne $found) { return $found }
    $why = [System.ComponentModel.Win32Exception]::new(9003, "$Name : $(Get-LabWords 'DNS name does not exist')")
    $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new($why, 'DNS_ERROR_RCODE_NAME_ERROR', 'ResourceUnavailable', $Name))
}

# The machine's own clock, which runs in farm time.
function global:Get-Date {
    if ($args.Count) { return Microsoft.PowerShell.Utility\Get-Date @args }
    (Invoke-LabSurface -Call clock.now).ToLocalTime()
}
function global:Start-Sleep {
    param([double] $Seconds = 0, [int] $Milliseconds = 0)
    $null = Invoke-LabSurface -Call clock.sleep -With @{ ms = $Seconds * 1000 + $Milliseconds }
}
function global:Get-UICulture {
    $culture = [pscustomobject] @{ Name = Invoke-LabSurface -Call culture.get }
    $culture | Add-Member -MemberType ScriptMethod -Name ToString -Value { $this.Name } -Force
    $culture
}

# Schedule.Service is the one COM object that agents make.
function global:New-Object {
    if ("$($args[0])" -ne '-ComObject') { return Microsoft.PowerShell.Utility\New-Object @args }
    if ($args[1] -ne 'Schedule.Service') { throw "the lab does not model the COM object $($args[1])" }
    $task = {
        param($Folder, $One)
        $One | Add-Member ScriptMethod Run { $null = Invoke-LabSurface -Call task.run -With @{ name = $this.Name } }
        $One | Add-Member ScriptMethod Stop { $null = Invoke-LabSurface -Call task.stop -With @{ name = $this.Name } } -PassThru
    }
    $folder = [pscustomobject] @{ Task = $task }
    $folder | Add-Member ScriptMethod GetTasks { foreach ($one in Invoke-LabSurface -Call task.list) { & $this.Task $this $one } }
    $folder | Add-Member ScriptMethod DeleteTask { $null = Invoke-LabSurface -Call task.delete -With @{ name = $args[0] } }
    $folder | Add-Member ScriptMethod RegisterTask {
        $null = Invoke-LabSurface -Call task.register -With @{ name = $args[0]; xml = $args[1] }
        & $this.Task $this ([pscustomobject] @{ Name = $args[0] })
    }
    $service = [pscustomobject] @{ Root = $folder }
    $service | Add-Member ScriptMethod Connect { }
    $service | Add-Member ScriptMethod GetFolder { $this.Root }
    $service
}

# After the agents' module was made, the thin functions that need Windows itself are replaced inside it.
function global:New-Module {
    $module = Microsoft.PowerShell.Core\New-Module @args
    foreach ($file in $global:LabParts) { . $module ([scriptblock]::Create([System.IO.File]::ReadAllText($file))) }
    $module
}
