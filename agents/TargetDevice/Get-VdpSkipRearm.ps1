function Get-VdpSkipRearm {
    <#
    .SYNOPSIS
    The registry value that makes a Windows rearm do nothing.
    .DESCRIPTION
    1 means that a rearm reports success and changes nothing.
    .EXAMPLE
    Get-VdpSkipRearm
    .OUTPUTS
    Number; null when it is not there; a hashtable with unknown when it cannot be read.
    .NOTES
    kms.md 3.3, 4.2 (M2).
    #>
    [CmdletBinding()]
    param()

    $key = 'HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform'
    Get-VdpReading { Get-VdpRegistryValue -Key $key -Name SkipRearm }
}
