function Get-VdpKmsRequests {
    <#
    .SYNOPSIS
    The activation requests that this KMS host has answered since a moment, oldest first.
    .DESCRIPTION
    One per event 12290, the newest 5000 of the time asked for: there may be older ones when more is true. An event that does not have
    the known fields is left out, and its number told.
    .PARAMETER Since
    The moment.
    .PARAMETER Until
    Only events up to this moment.
    .EXAMPLE
    Get-VdpKmsRequests -Since 2026-11-02T08:00:00Z
    .OUTPUTS
    Hashtable: at, more, unread (record numbers), requests (at, record, code: HRESULT of the answer, minimum: the count that the client needs
    or null, client, cmid, licenceStatus, activationId). Error: native or internal, when the log cannot be read.
    .NOTES
    The shape is kmsRequests in src/wire/operations/kms-host.ts. Source: kms.md 8 (log Key Management Service, fields of 12290 by sample).
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [datetime] $Since, [Nullable[datetime]] $Until)

    $most = 5000
    $wanted = @{ Log = 'Key Management Service'; Ids = 12290; Since = $Since; Most = $most }
    if ($null -ne $Until) { $wanted['Until'] = $Until }
    $events = @(Get-VdpWinEvent @wanted)
    $all = @(foreach ($one in $events) {
        @{ record = $one.record; at = $one.at; request = ConvertFrom-VdpKmsEvent -Fields $one.fields }
    })
    $requests = @(foreach ($one in $all) {
        if ($null -eq $one.request) { continue }
        $request = $one.request
        $request.at = $one.at
        $request.record = $one.record
        $request
    })
    return @{
        at = ConvertTo-VdpTime -Value (Get-Date)
        more = $events.Count -ge $most
        unread = @($all | Where-Object { $null -eq $_.request } | ForEach-Object { $_.record })
        requests = $requests
    }
}
