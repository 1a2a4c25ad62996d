function Get-VdpRightHolder {
    <#
    .SYNOPSIS
    The SIDs that hold a user right directly.
    .DESCRIPTION
    Asks the security authority, and exports the security database only when it does not answer.
    .PARAMETER Right
    The constant, such as SeManageVolumePrivilege.
    .EXAMPLE
    Get-VdpRightHolder -Right SeManageVolumePrivilege
    .OUTPUTS
    Strings. Error: internal, with both reasons.
    .NOTES
    Source: pvs.md 7.3.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Right)

    $first = Get-VdpReading -List { Get-VdpLsaHolder -Right $Right }
    if ($first -isnot [hashtable]) { return $first }
    $second = Get-VdpReading -List { Get-VdpSeceditHolder -Right $Right }
    if ($second -isnot [hashtable]) { return $second }
    throw "the holders of $Right are not known: $($first.unknown); $($second.unknown)"
}
