function Get-VdpComputerName {
    <#
    .SYNOPSIS
    The NetBIOS name of this computer.
    .DESCRIPTION
    The name under which PVS knows a server.
    .EXAMPLE
    Get-VdpComputerName
    .OUTPUTS
    String.
    .NOTES
    Win32_ComputerSystem.Name.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    return "$(@(Get-VdpCim -Class Win32_ComputerSystem -Property Name)[0].Name)"
}
