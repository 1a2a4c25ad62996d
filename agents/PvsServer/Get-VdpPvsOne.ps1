function Get-VdpPvsOne {
    <#
    .SYNOPSIS
    Exactly one object of PVS, to be changed.
    .DESCRIPTION
    Whether a cmdlet answers with an error or with nothing when there is no such object is not documented; here both are the error.
    .PARAMETER Code
    The error that means it: 43 for a device, 44 for a vDisk.
    .PARAMETER Call
    The cmdlet.
    .EXAMPLE
    Get-VdpPvsOne -Code 44 -Call { Get-PvsDisk -DiskLocatorId $Guid }
    .OUTPUTS
    The object. Errors: pvs with Code, those of Invoke-VdpPvs.
    .NOTES
    Source: error codes of the object snap-in.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [ValidateSet(43, 44)] [int] $Code,
        [Parameter(Mandatory)] [scriptblock] $Call
    )

    $found = @(Find-VdpPvs -Absent $Code, 98 -Call $Call)
    if ($found.Count -eq 1) { return $found[0] }
    $what = if ($Code -eq 43) { 'Device' } else { 'vDisk' }
    throw (New-VdpFailure -Kind pvs -ReturnCode $Code -Message "The specified $what does not exist.")
}
