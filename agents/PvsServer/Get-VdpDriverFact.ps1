function Get-VdpDriverFact {
    <#
    .SYNOPSIS
    One driver of the vDisk stack on this server.
    .DESCRIPTION
    problem is the device manager's code of the worst device that the driver serves; 0 for none, and for a filter driver, which serves none.
    .PARAMETER Name
    The driver's service.
    .EXAMPLE
    Get-VdpDriverFact -Name CVhdMp
    .OUTPUTS
    Hashtable: name, present, startMode (boot, system, auto, manual, disabled; null when absent), running, fileVersion, problem.
    .NOTES
    Win32_SystemDriver, Win32_PnPEntity (ConfigManagerErrorCode), CIM_DataFile (Version); all English on every Windows. Source: pvs.md 6.2.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [ValidateSet('CVhdMp', 'CvhdBusP6', 'cfsdep2')] [string] $Name)

    $fact = @{ name = $Name; present = $false; startMode = $null; running = $false; fileVersion = $null; problem = 0 }
    $found = @(Get-VdpCim -Class Win32_SystemDriver -Filter "Name='$Name'" -Property Name, State, StartMode, PathName)
    if ($found.Count -eq 0) { return $fact }
    $fact.present = $true
    $fact.running = "$($found[0].State)" -eq 'Running'
    $mode = "$($found[0].StartMode)".ToLowerInvariant()
    if ($mode -in 'boot', 'system', 'auto', 'manual', 'disabled') { $fact.startMode = $mode }
    $path = "$($found[0].PathName)" -replace '^\\\?\?\\', '' -replace '^\\SystemRoot\\', "$env:SystemRoot\"
    if ($path -match '^[A-Za-z]:\\[^'']+$') {
        $file = @(Get-VdpCim -Class CIM_DataFile -Filter "Name='$($path.Replace('\', '\\'))'" -Property Name, Version)
        if ($file.Count -gt 0 -and $file[0].Version) { $fact.fileVersion = "$($file[0].Version)" }
    }
    $devices = @(Get-VdpCim -Class Win32_PnPEntity -Filter "Service='$Name'" -Property Service, ConfigManagerErrorCode)
    foreach ($device in $devices) { $fact.problem = [Math]::Max($fact.problem, [int] $device.ConfigManagerErrorCode) }
    return $fact
}
