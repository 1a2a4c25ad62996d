function Get-VdpRightPolicy {
    <#
    .SYNOPSIS
    The group policy that sets a user right on this computer.
    .DESCRIPTION
    From the resultant set of policy that Windows keeps; the setting that won. Empty when no policy sets the right, or when that is not to
    be read: who holds the right does not depend on it.
    .PARAMETER Right
    The constant, such as SeManageVolumePrivilege.
    .EXAMPLE
    Get-VdpRightPolicy -Right SeManageVolumePrivilege
    .OUTPUTS
    String: the policy's id, or empty.
    .NOTES
    Source: RSOP_UserPrivilegeRight (UserRight, GPOID, precedence 1 won), documentation of the class. Not executed on Windows.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [ValidatePattern('^\w+$')] [string] $Right)

    $found = Get-VdpReading -List {
        Get-VdpCim -Namespace root/rsop/computer -Class RSOP_UserPrivilegeRight -Filter "UserRight='$Right' AND precedence=1"
    }
    if ($found -is [hashtable] -or $found.Count -eq 0) { return '' }
    return "$($found[0].GPOID)"
}
