function Test-VdpName {
    <#
    .SYNOPSIS
    Surface: whether a host name resolves to an address here.
    .DESCRIPTION
    As any program on this machine would resolve it.
    .PARAMETER Name
    The name or address.
    .EXAMPLE
    Test-VdpName -Name kms01.example.com
    .OUTPUTS
    Boolean.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory)] [string] $Name)

    try {
        return [System.Net.Dns]::GetHostAddresses($Name).Count -gt 0
    } catch [System.Net.Sockets.SocketException] {
        return $false
    }
}
