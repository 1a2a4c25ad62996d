function Get-VdpActText {
    <#
    .SYNOPSIS
    Reads the text in which this host keeps fences and receipts.
    .DESCRIPTION
    On a PVS server a file under ProgramData that outlives a reboot. Elsewhere a value of a volatile registry key: it is gone with
    the boot and can never be in the image, and a KMS host that is only read keeps nothing.
    .EXAMPLE
    Get-VdpActText
    .OUTPUTS
    String, or null when there is none yet.
    #>
    [CmdletBinding()]
    param()

    if ($script:VdpHere.Role -ne 'pvs') { return Get-VdpRegistryValue -Key 'HKLM\SOFTWARE\vdiskprep' -Name 'acts' }
    return Read-VdpText -Path "$env:ProgramData\vdiskprep\acts.json"
}
