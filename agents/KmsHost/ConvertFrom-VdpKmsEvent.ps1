function ConvertFrom-VdpKmsEvent {
    <#
    .SYNOPSIS
    Reads the fields of one event 12290.
    .DESCRIPTION
    They may come one by one or as one list with commas, and something may stand before them: they begin where a code stands that has a GUID
    three places after it.
    .PARAMETER Fields
    The event's values as text.
    .EXAMPLE
    ConvertFrom-VdpKmsEvent -Fields '0x0,25,W11-01,5d2f0000-0000-4000-8000-0000000091c0,2026/11/02 08:00,1,2,43200,2de6...'
    .OUTPUTS
    Hashtable: code, minimum, client, cmid, licenceStatus, activationId; null when the fields are others.
    .NOTES
    Source: kms.md 8: HRESULT, minimum count, client, CMID, time, VM, licence status, minutes, activation id.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [AllowEmptyCollection()] [AllowEmptyString()] [string[]] $Fields)

    $parts = @(($Fields -join ',') -split ',' | ForEach-Object { $_.Trim() })
    $guid = '^\{?([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\}?$'
    for ($n = 0; $n + 8 -lt $parts.Count; $n++) {
        if ($parts[$n] -notmatch '^0x([0-9A-Fa-f]{1,8})$') { continue }
        $code = '0x' + $Matches[1].ToUpperInvariant().PadLeft(8, '0')
        if ($parts[$n + 3] -notmatch $guid) { continue }
        $cmid = $Matches[1]
        if ($parts[$n + 8] -notmatch $guid -or $parts[$n + 6] -notmatch '^\d+$') { continue }
        return @{
            code = $code
            minimum = if ($parts[$n + 1] -match '^\d+$') { [int] $parts[$n + 1] } else { $null }
            client = $parts[$n + 2]
            cmid = ([guid] $cmid).ToString()
            licenceStatus = [int] $parts[$n + 6]
            activationId = ([guid] $parts[$n + 8]).ToString()
        }
    }
    return $null
}
