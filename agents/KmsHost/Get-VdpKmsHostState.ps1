function Get-VdpKmsHostState {
    <#
    .SYNOPSIS
    What a KMS host says of itself: count and threshold of each product it serves, its port, whether it publishes itself.
    .DESCRIPTION
    Only products whose key makes this computer a KMS host. The count is what clients are told: distinct machines of the last 30 days. Port
    0 means that none was set, which is 1688.
    .EXAMPLE
    (Get-VdpKmsHostState).products
    .OUTPUTS
    Hashtable: at, products (name, description, count, required, status), port, listening, publishesSrv, publishDomains,
    firewall; each may be unknown with the
    reason.
    .NOTES
    The shape is kmsHostState in src/wire/operations/kms-host.ts. Source: SoftwareLicensingProduct, SoftwareLicensingService; slmgr.vbs
    (/dlv of a host); kms.md 3 (3.3: DnsDomainPublishList), 7. What RequiredClientCount holds on a host is unproven.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $wanted = 'KeyManagementServiceListeningPort', 'KeyManagementServiceDnsPublishing'
    $service = Get-VdpReading { @(Get-VdpCim -Class SoftwareLicensingService -Property (@('Version') + $wanted))[0] }
    $port = $service
    $publishes = $service
    if ($service -isnot [hashtable]) {
        $port = [int] $service.KeyManagementServiceListeningPort
        if ($port -eq 0) { $port = 1688 }
        $publishes = [bool] $service.KeyManagementServiceDnsPublishing
    }
    return @{
        at = ConvertTo-VdpTime -Value (Get-Date)
        products = Get-VdpReading -List { Get-VdpKmsProduct }
        port = $port
        listening = if ($port -is [int]) { Get-VdpReading { Test-VdpListening -Port $port } } else { $port }
        publishesSrv = $publishes
        publishDomains = Get-VdpReading -List {
            $key = 'HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform'
            Get-VdpRegistryValue -Key $key -Name DnsDomainPublishList | Where-Object { $_ }
        }
        firewall = Get-VdpReading -List { Get-VdpFirewallProfile }
    }
}
