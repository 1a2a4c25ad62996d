function Test-VdpPort {
    <#
    .SYNOPSIS
    Surface: whether a TCP port of a host takes connections.
    .DESCRIPTION
    The connection is closed at once; nothing is said. Five seconds at most.
    .PARAMETER Machine
    The name or address.
    .PARAMETER Port
    The port.
    .EXAMPLE
    Test-VdpPort -Machine kms01.example.com -Port 1688
    .OUTPUTS
    Boolean.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [string] $Machine,
        [Parameter(Mandatory)] [ValidateRange(1, 65535)] [int] $Port
    )

    $client = New-Object System.Net.Sockets.TcpClient
    try {
        return $client.ConnectAsync($Machine, $Port).Wait(5000)
    } catch [System.AggregateException] {
        return $false
    } finally {
        $client.Close()
    }
}
