function Get-VdpImagingWord {
    <#
    .SYNOPSIS
    The arguments of the Imaging Wizard on this firmware.
    .DESCRIPTION
    With BIOS the volume is named, with UEFI it is not.
    .EXAMPLE
    Get-VdpImagingWord
    .OUTPUTS
    Strings.
    .NOTES
    pvs.md 6.5 (S6). PEFirmwareType (2 is UEFI) is documented for Windows PE; on Windows it is unproven.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $firmware = Get-VdpRegistryValue -Key 'HKLM\SYSTEM\CurrentControlSet\Control' -Name PEFirmwareType
    'P2PVS'
    if ($firmware -ne 2) { 'C:' }
    '/QuitWhenDone'
}
