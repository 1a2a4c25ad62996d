function Wait-VdpTask {
    <#
    .SYNOPSIS
    Waits until a scheduled task has ended.
    .DESCRIPTION
    Looks once a second. A task that has not begun after ten seconds counts as ended.
    .PARAMETER Name
    The task.
    .PARAMETER TimeoutSeconds
    The limit.
    .EXAMPLE
    Wait-VdpTask -Name vdiskprep-imaging -TimeoutSeconds 14000
    .OUTPUTS
    Hashtable: exitCode (null when it did not end or did not begin), timedOut.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] [int] $TimeoutSeconds
    )

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $pause = 1
    while ($clock.Elapsed.TotalSeconds -lt $TimeoutSeconds) {
        $state = Get-VdpTaskState -Name $Name
        if (-not $state.running -and ($null -ne $state.exitCode -or $clock.Elapsed.TotalSeconds -gt 10)) {
            return @{ exitCode = $state.exitCode; timedOut = $false }
        }
        Start-Sleep -Seconds $pause
        $pause = [Math]::Min(15, 2 * $pause)
    }
    return @{ exitCode = $null; timedOut = $true }
}
