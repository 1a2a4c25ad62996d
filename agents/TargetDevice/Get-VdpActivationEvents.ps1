function Get-VdpActivationEvents {
    <#
    .SYNOPSIS
    Licensing events since a moment, oldest first.
    .DESCRIPTION
    Of the licensing service of Windows, and where Office has a service of its own, of that one too. fields is the Info list of
    12288 and 12289, part by part; of other events their own values. text is in the language of Windows, for people.
    .PARAMETER Since
    The moment, ISO 8601.
    .PARAMETER Ids
    The numbers of the events.
    .EXAMPLE
    Get-VdpActivationEvents -Since 2026-01-02T03:04:05Z -Ids 12288, 12289
    .OUTPUTS
    Hashtable: at, events (id, at, record, fields, text).
    .NOTES
    kms.md 8: log Application, provider Microsoft-Windows-Security-SPP, source Office Software Protection Platform Service (V3),
    order of the fields. That the Info list is one value of the event is inferred from its text; several values are joined first.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Since,
        [Parameter(Mandatory)] [AllowEmptyCollection()] [int[]] $Ids
    )

    $at = ConvertTo-VdpTime -Value (Get-Date)
    $style = [Globalization.DateTimeStyles]::RoundtripKind
    $from = [datetime]::Parse($Since, [Globalization.CultureInfo]::InvariantCulture, $style).ToLocalTime()
    if ($Ids.Count -eq 0) { return @{ at = $at; events = @() } }
    $look = @{ Log = 'Application'; Ids = $Ids; Since = $from }
    $found = @(Get-VdpWinEvent @look -Provider 'Microsoft-Windows-Security-SPP')
    if ((Get-VdpService -Name osppsvc).state -ne 'absent') {
        $found += @(Get-VdpWinEvent @look -Provider 'Office Software Protection Platform Service')
    }
    $events = @($found | Sort-Object -Property { $_.record } | ForEach-Object {
        if (12288, 12289 -contains $_.id) { $_.fields = @(($_.fields -join ',') -split ',' | ForEach-Object { $_.Trim() }) }
        $_
    })
    return @{ at = $at; events = $events }
}
