function Get-VdpLsaHolder {
    <#
    .SYNOPSIS
    Surface: the SIDs that hold a user right directly, as the local security authority tells.
    .DESCRIPTION
    Members of a group that holds it are not listed. What a group policy grants is listed too: it has been applied to this computer.
    .PARAMETER Right
    The constant, such as SeManageVolumePrivilege.
    .EXAMPLE
    Get-VdpLsaHolder -Right SeManageVolumePrivilege
    .OUTPUTS
    Strings. Error: internal, with the message of Windows.
    .NOTES
    Source: LsaEnumerateAccountsWithUserRight; pvs.md 7.3. Not executed on Windows.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Right)

    Add-VdpRightsType
    [Vdp.Rights]::HoldersOf($Right)
}
