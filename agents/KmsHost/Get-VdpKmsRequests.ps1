function Get-VdpKmsRequests {
    <#
    .SYNOPSIS
    The activation requests that this KMS host has answered since a moment, oldest first.
    .DESCRIPTION
    One per event 12290. An event that does not have the known fields is left out, and told in the log.
    .PARAMETER Since
    The moment.
    .EXAMPLE
    Get-VdpKmsRequests -Since 2026-11-02T08:00:00Z
    .OUTPUTS
    Hashtable: at, requests (at, code: HRESULT of the answer, minimum: the count that the client needs or null, client, cmid, licenceStatus,
    activationId). Error: native or internal, when the log cannot be read.
    .NOTES
    The shape is kmsRequests in src/wire/operations/kms-host.ts. Source: kms.md 8 (log Key Management Service, fields of 12290 by sample).
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [datetime] $Since)

    $requests = @(foreach ($one in @(Get-VdpWinEvent -Log 'Key Management Service' -Ids 12290 -Since $Since -Most 20000)) {
        $request = ConvertFrom-VdpKmsEvent -Fields $one.fields
        if ($null -eq $request) {
            Write-Verbose "event record $($one.record) has unknown fields" -Verbose
            continue
        }
        $request.at = $one.at
        $request
    })
    return @{ at = ConvertTo-VdpTime -Value (Get-Date); requests = $requests }
}
