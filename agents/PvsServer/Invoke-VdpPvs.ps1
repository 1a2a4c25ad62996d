function Invoke-VdpPvs {
    <#
    .SYNOPSIS
    Calls cmdlets of the PVS snap-in; the only way in which an agent does.
    .DESCRIPTION
    Loads the snap-in at the first call. Every error of a cmdlet ends the block, and is thrown on with the number and the server's own text.
    The block sees the variables of the function that calls.
    .PARAMETER Call
    The cmdlets.
    .EXAMPLE
    Invoke-VdpPvs { Get-PvsDiskInfo -DiskLocatorId $Guid }
    .OUTPUTS
    What the block returns. Errors: pvs (returnCode of the PVS error table), native (no such number: the SOAP service did not answer),
    missing (no snap-in, or one without this cmdlet or parameter), and failures of our own unchanged.
    .NOTES
    Source: guide of the object snap-in (error handling); pvs.md 4.7.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [scriptblock] $Call)

    $ErrorActionPreference = 'Stop'
    Import-VdpPvsSnapIn
    try {
        & $Call
    } catch {
        throw (ConvertTo-VdpPvsFailure -ErrorRecord $_)
    }
}
