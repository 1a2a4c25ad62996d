function Get-VdpKmsRecord {
    <#
    .SYNOPSIS
    The SRV records of KMS hosts in every domain that this machine searches.
    .DESCRIPTION
    The suffixes of its network cards and its own domain. A domain without a record gives nothing.
    .EXAMPLE
    Get-VdpKmsRecord
    .OUTPUTS
    Hashtables: domain, host, port, priority, weight.
    .NOTES
    kms.md 7 (M5). Win32_NetworkAdapterConfiguration: DNSDomain, DNSDomainSuffixSearchOrder: Microsoft's documentation.
    Resolve-DnsName does not exist on Windows 7 and Server 2008 R2: the records are unknown there.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $system = @(Get-VdpCim -Class Win32_ComputerSystem -Property Domain, PartOfDomain)[0]
    $properties = 'DNSDomain', 'DNSDomainSuffixSearchOrder'
    $cards = @(Get-VdpCim -Class Win32_NetworkAdapterConfiguration -Filter 'IPEnabled = TRUE' -Property $properties)
    $domains = @($cards | ForEach-Object { $_.DNSDomainSuffixSearchOrder; $_.DNSDomain })
    if ($system.PartOfDomain) { $domains = @($system.Domain) + $domains }
    foreach ($domain in @($domains | Where-Object { $_ } | Select-Object -Unique)) {
        foreach ($record in @(Get-VdpSrvRecord -Name "_vlmcs._tcp.$domain")) {
            @{ domain = $domain; host = $record.host; port = $record.port; priority = $record.priority; weight = $record.weight }
        }
    }
}
