function Invoke-VdpPvsLong {
    <#
    .SYNOPSIS
    Calls a cmdlet of the PVS snap-in whose work may outlive the call.
    .DESCRIPTION
    "The remote task is taking longer than expected" (177) is no failure: its text ends with the id of the task to follow.
    .PARAMETER Call
    The cmdlet.
    .EXAMPLE
    Invoke-VdpPvsLong { Set-PvsDisk -Disk $disk }
    .OUTPUTS
    String: the task's id; null when the work has ended. Errors: those of Invoke-VdpPvs.
    .NOTES
    Source: error 177 (InProcess) of the snap-in; pvs.md 4.7.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [scriptblock] $Call)

    try {
        $null = Invoke-VdpPvs $Call
    } catch {
        $inProcess = $_.Exception.Data['VdpReturnCode'] -eq 177
        if (-not $inProcess -or $_.Exception.Message -notmatch '(\d+)\D*$') { throw }
        return $Matches[1]
    }
    return $null
}
