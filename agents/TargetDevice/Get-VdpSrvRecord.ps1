function Get-VdpSrvRecord {
    <#
    .SYNOPSIS
    Surface: the SRV records of a name.
    .DESCRIPTION
    Nothing when the name has none; a server that does not answer is an error.
    .PARAMETER Name
    The name.
    .EXAMPLE
    Get-VdpSrvRecord -Name _vlmcs._tcp.example.com
    .OUTPUTS
    Hashtables: host, port, priority, weight.
    .NOTES
    Resolve-DnsName: the error's id DNS_ERROR_RCODE_NAME_ERROR says that there is no such name; unproven.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [string] $Name)

    try {
        $answer = @(Resolve-DnsName -Name $Name -Type SRV -DnsOnly -ErrorAction Stop)
    } catch {
        if ($_.FullyQualifiedErrorId -like 'DNS_ERROR_RCODE_NAME_ERROR*') { return }
        throw
    }
    foreach ($one in $answer) {
        $target = Get-VdpProperty -Of $one -Name NameTarget
        if ($target) { @{ host = [string] $target; port = [int] $one.Port; priority = [int] $one.Priority; weight = [int] $one.Weight } }
    }
}
