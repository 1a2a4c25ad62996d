function Find-VdpPvs {
    <#
    .SYNOPSIS
    Asks PVS for objects that may not exist.
    .DESCRIPTION
    Like Invoke-VdpPvs, but the errors that say "there is no such thing" give nothing instead of a failure: whether a cmdlet answers with an
    error or with nothing is not documented.
    .PARAMETER Absent
    The PVS error numbers that mean it.
    .PARAMETER Call
    The cmdlet.
    .EXAMPLE
    Find-VdpPvs -Absent 43 -Call { Get-PvsDeviceInfo -DeviceName CANARY1 }
    .OUTPUTS
    What the block returns, without nulls. Errors: those of Invoke-VdpPvs.
    .NOTES
    Source: error codes of the object snap-in.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [int[]] $Absent,
        [Parameter(Mandatory)] [scriptblock] $Call
    )

    try {
        Invoke-VdpPvs $Call | Where-Object { $null -ne $_ }
    } catch {
        if ($_.Exception.Data['VdpReturnCode'] -in $Absent) { return }
        throw
    }
}
