function Test-VdpKmsReachability {
    <#
    .SYNOPSIS
    Whether this machine itself reaches a KMS host.
    .DESCRIPTION
    The SRV records of every domain it searches, then for the given host, or for each that the records name: does the name
    resolve, is the port open, how far are the clocks apart. Nothing is activated.
    .PARAMETER Machine
    The host (argument host: that name belongs to PowerShell itself); null to ask those of the records.
    .PARAMETER Port
    Its port; null for 1688.
    .EXAMPLE
    Test-VdpKmsReachability -Machine kms01.example.com
    .OUTPUTS
    Hashtable: at, records (domain, host, port, priority, weight), probes (host, port, resolves, open, clockSkewSeconds: this
    clock minus that of the host).
    .NOTES
    kms.md 7: _vlmcs._tcp.<domain>, port 1688, order of the domains (M5); clocks (K7). w32tm: Windows command reference; that a
    KMS host answers NTP is not required, without an answer the difference is unknown.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [AllowNull()] [AllowEmptyString()] [Alias('Host')] [string] $Machine,
        [Parameter(Mandatory)] [AllowNull()] [Nullable[int]] $Port
    )

    $at = ConvertTo-VdpTime -Value (Get-Date)
    $records = Get-VdpReading -List { Get-VdpKmsRecord }
    $asked = @()
    if ($Machine) {
        $asked = @(@{ host = $Machine; port = if ($null -eq $Port) { 1688 } else { $Port } })
    } elseif ($records -isnot [hashtable]) {
        $asked = @($records | ForEach-Object { @{ host = $_.host; port = $_.port } })
    }
    $probes = @(foreach ($one in $asked) {
        $resolves = Test-VdpName -Name $one.host
        $open = if ($resolves) { Get-VdpReading { Test-VdpPort -Machine $one.host -Port $one.port } } else { $false }
        $skew = @{ unknown = 'the host does not answer' }
        if ($open -eq $true) { $skew = Get-VdpReading { Get-VdpClockSkew -Machine $one.host } }
        @{ host = $one.host; port = $one.port; resolves = $resolves; open = $open; clockSkewSeconds = $skew }
    })
    return @{ at = $at; records = $records; probes = $probes }
}
