function Get-VdpService {
    <#
    .SYNOPSIS
    Surface: one service of Windows, by its short name.
    .DESCRIPTION
    Read through CIM, whose words for state and start mode are English on every Windows.
    .PARAMETER Name
    The service.
    .EXAMPLE
    (Get-VdpService -Name sppsvc).state
    .OUTPUTS
    Hashtable: name, state (running, stopped, starting, stopping, absent), startMode (boot, system, auto, manual, disabled; null
    when absent), account and pid (null when absent), exitCode (how it last ended: 0 as asked, 1077 never started since boot).
    .NOTES
    Win32_Service: Name, State, StartMode, StartName, ProcessId, ExitCode; Microsoft's documentation of the class. A paused or unknown
    state counts as running: the process is there.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [ValidatePattern('^[^''"\\]+$')] [string] $Name)

    $found = @(Get-VdpCim -Class Win32_Service -Filter "Name='$Name'" -Property Name, State, StartMode, StartName, ProcessId, ExitCode)
    if ($found.Count -eq 0) { return @{ name = $Name; state = 'absent'; startMode = $null; account = $null; pid = $null; exitCode = $null } }
    $states = @{ 'Stopped' = 'stopped'; 'Start Pending' = 'starting'; 'Continue Pending' = 'starting'; 'Stop Pending' = 'stopping' }
    $state = $states[[string] $found[0].State]
    if (-not $state) { $state = 'running' }
    return @{
        name = [string] $found[0].Name
        state = $state
        startMode = ([string] $found[0].StartMode).ToLowerInvariant()
        account = $found[0].StartName
        pid = [int] $found[0].ProcessId
        exitCode = [long] $found[0].ExitCode
    }
}
