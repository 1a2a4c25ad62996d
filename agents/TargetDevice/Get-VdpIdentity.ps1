function Get-VdpIdentity {
    <#
    .SYNOPSIS
    Who this machine says it is.
    .DESCRIPTION
    The part identity: names, cards and addresses in use, and the device that Personality.ini names.
    .EXAMPLE
    (Get-VdpIdentity).macs
    .OUTPUTS
    Hashtable: computerName, domain (null in a workgroup), macs, addresses, staticAddress, personalityDevice (null without
    Personality.ini).
    .NOTES
    Win32_ComputerSystem: Name, Domain, PartOfDomain; Win32_NetworkAdapterConfiguration: MACAddress, IPAddress, DHCPEnabled,
    IPEnabled: Microsoft's documentation. Personality.ini: pvs.md 6.3; that a line DeviceName names the device is unproven,
    without it the answer is unknown.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $system = @(Get-VdpCim -Class Win32_ComputerSystem -Property Name, Domain, PartOfDomain)[0]
    $look = @{ Filter = 'IPEnabled = TRUE'; Property = 'MACAddress', 'IPAddress', 'DHCPEnabled' }
    $cards = @(Get-VdpCim -Class Win32_NetworkAdapterConfiguration @look)
    return @{
        computerName = [string] $system.Name
        domain = if ($system.PartOfDomain) { [string] $system.Domain } else { $null }
        macs = @($cards | ForEach-Object { [string] $_.MACAddress } | Where-Object { $_ })
        addresses = @($cards | ForEach-Object { $_.IPAddress } | Where-Object { $_ })
        staticAddress = @($cards | Where-Object { -not $_.DHCPEnabled }).Count -gt 0
        personalityDevice = Get-VdpReading {
            $lines = Get-VdpPersonality
            if ($null -eq $lines) { return $null }
            if ($lines.ContainsKey('DeviceName')) { $lines['DeviceName'] } else { @{ unknown = 'Personality.ini names no device' } }
        }
    }
}
