function Get-VdpVersionAccess {
    <#
    .SYNOPSIS
    The access of one version of a vDisk.
    .DESCRIPTION
    A version that is not there is the error that PVS has for it.
    .PARAMETER Guid
    The disk locator.
    .PARAMETER Version
    The version.
    .EXAMPLE
    Get-VdpVersionAccess -Guid $guid -Version 3
    .OUTPUTS
    Int: PvsDiskVersion.Access. Error: pvs 165.
    .NOTES
    Source: PvsDiskVersion; error NoVersionFound.
    #>
    [CmdletBinding()]
    [OutputType([int])]
    param(
        [Parameter(Mandatory)] [guid] $Guid,
        [Parameter(Mandatory)] [int] $Version
    )

    $found = @(Get-VdpDiskVersion -Guid $Guid | Where-Object { $_.version -eq $Version })
    if ($found.Count -ne 1) {
        $message = 'Unable to perform this action because a version record was not found in the database.'
        throw (New-VdpFailure -Kind pvs -ReturnCode 165 -Message $message -Details "version $Version")
    }
    return $found[0].access
}
