function Get-VdpTask {
    <#
    .SYNOPSIS
    A task of the farm: how far it is, and how it ended.
    .DESCRIPTION
    By its id, as an act returned it: with other administrators about, the last task is the wrong one. A task that says complete has taken a
    command; whether the thing happened is for the state operations to tell.
    .PARAMETER TaskId
    The id.
    .EXAMPLE
    Get-VdpTask -TaskId 101
    .OUTPUTS
    Hashtable: at, act, found, state (0 processing, 1 cancelled, 2 complete), percent, error (returnCode, message, details; returnCode is -1
    when the task's exception names none). Errors: those of Invoke-VdpPvs.
    .NOTES
    The shape is taskState in src/wire/operations/farm-state.ts. Source: PvsTask, Get-PvsTaskStatus; pvs.md 4.6.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [uint32] $TaskId)

    $state = @{
        at = ConvertTo-VdpTime -Value (Get-Date)
        act = Get-VdpActReport
        found = $false
        state = $null
        percent = $null
        error = $null
    }
    $tasks = @(Find-VdpPvs -Absent 98, 189 -Call { Get-PvsTask -TaskId $TaskId })
    if ($tasks.Count -ne 1) { return $state }
    $state.found = $true
    $state.state = [int] $tasks[0].State
    if ($state.state -eq 2) { $state.percent = 100 }
    if ($state.state -eq 0) {
        $percent = @(Find-VdpPvs -Absent 98, 186, 187, 189 -Call { Get-PvsTaskStatus -TaskId $TaskId })
        if ($percent.Count -eq 1) { $state.percent = [int] $percent[0] }
    }
    if ($tasks[0].MapiException) { $state.error = ConvertFrom-VdpPvsXml -Xml "$($tasks[0].MapiException)" }
    return $state
}
