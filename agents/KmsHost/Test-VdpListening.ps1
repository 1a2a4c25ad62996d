function Test-VdpListening {
    <#
    .SYNOPSIS
    Surface: whether something on this computer listens at a TCP port.
    .DESCRIPTION
    Tells nothing of firewalls between here and a client.
    .PARAMETER Port
    The port.
    .EXAMPLE
    Test-VdpListening -Port 1688
    .OUTPUTS
    Boolean.
    .NOTES
    Source: .NET documentation of IPGlobalProperties.GetActiveTcpListeners.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory)] [ValidateRange(1, 65535)] [int] $Port)

    $listeners = [System.Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpListeners()
    return @($listeners | Where-Object { $_.Port -eq $Port }).Count -gt 0
}
