function Get-VdpTaskState {
    <#
    .SYNOPSIS
    Surface: whether a scheduled task runs, and how it ended last.
    .DESCRIPTION
    A task that is not there does not run.
    .PARAMETER Name
    The task.
    .EXAMPLE
    (Get-VdpTaskState -Name vdiskprep-imaging).running
    .OUTPUTS
    Hashtable: running, exitCode (null while it runs, has not run, or is not there).
    .NOTES
    IRegisteredTask: State 2 is queued and 4 running; LastTaskResult 0x41303 means that it has not run yet. Not executed outside
    Windows.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [string] $Name)

    $scheduler = New-Object -ComObject Schedule.Service
    $scheduler.Connect()
    $task = @($scheduler.GetFolder('\').GetTasks(1) | Where-Object { $_.Name -eq $Name })
    if ($task.Count -eq 0) { return @{ running = $false; exitCode = $null } }
    if ($task[0].State -eq 4 -or $task[0].State -eq 2) { return @{ running = $true; exitCode = $null } }
    $result = [int] $task[0].LastTaskResult
    if ($result -eq 0x41303) { return @{ running = $false; exitCode = $null } }
    return @{ running = $false; exitCode = $result }
}
