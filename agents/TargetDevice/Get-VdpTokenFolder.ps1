function Get-VdpTokenFolder {
    <#
    .SYNOPSIS
    The folders in which tokens.dat of Windows 7 or later can lie.
    .DESCRIPTION
    All three: the release alone does not decide (an upgraded 8.1 may keep the folder of 8).
    .EXAMPLE
    Get-VdpTokenFolder
    .OUTPUTS
    Strings.
    .NOTES
    kms.md 6 (K1: KB 2736303; K3, K9).
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    "$env:SystemRoot\ServiceProfiles\NetworkService\AppData\Roaming\Microsoft\SoftwareProtectionPlatform"
    "$env:SystemRoot\System32\spp\store"
    "$env:SystemRoot\System32\spp\store\2.0"
}
