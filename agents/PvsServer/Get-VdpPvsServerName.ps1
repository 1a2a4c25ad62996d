function Get-VdpPvsServerName {
    <#
    .SYNOPSIS
    The name of the PVS server whose SOAP service the snap-in is connected to.
    .DESCRIPTION
    A saved connection may lead to another server than this computer.
    .EXAMPLE
    Get-VdpPvsServerName
    .OUTPUTS
    String: the NetBIOS name. Errors: those of Invoke-VdpPvs.
    .NOTES
    Source: Get-PvsLocalServer; pvs.md 3.4.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    return "$((Invoke-VdpPvs { Get-PvsLocalServer }).Name)"
}
