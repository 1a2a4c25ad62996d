function Get-VdpWinEvent {
    <#
    .SYNOPSIS
    Surface: events of a log, oldest first.
    .DESCRIPTION
    Selected by provider name and number, never by text. Fields are the event's own values as text; text is the message in the
    language of Windows, for people.
    .PARAMETER Log
    The log.
    .PARAMETER Provider
    The provider's full name; empty for any.
    .PARAMETER Ids
    The numbers.
    .PARAMETER Since
    Only events from this moment on.
    .PARAMETER Until
    Only events up to this moment; null for no end.
    .PARAMETER Most
    At most this many, the newest.
    .EXAMPLE
    Get-VdpWinEvent -Log Application -Provider Microsoft-Windows-Security-SPP -Ids 12288, 12289 -Since $since
    .OUTPUTS
    Hashtables: id, at, record, fields, text.
    .NOTES
    Get-WinEvent: no event found is told by the error's id NoMatchingEventsFound, which is not localised.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Log,
        [string] $Provider = '',
        [Parameter(Mandatory)] [int[]] $Ids,
        [Parameter(Mandatory)] [datetime] $Since,
        [Nullable[datetime]] $Until,
        [int] $Most = 2000
    )

    $filter = @{ LogName = $Log; Id = $Ids; StartTime = $Since }
    if ($null -ne $Until) { $filter.EndTime = $Until }
    if ($Provider) { $filter.ProviderName = $Provider }
    try {
        $events = @(Get-WinEvent -FilterHashtable $filter -MaxEvents $Most -ErrorAction Stop)
    } catch {
        if ($_.FullyQualifiedErrorId -like 'NoMatchingEventsFound*') { return }
        throw
    }
    foreach ($one in @($events | Sort-Object -Property RecordId)) {
        @{
            id = [int] $one.Id
            at = ConvertTo-VdpTime -Value $one.TimeCreated
            record = [long] $one.RecordId
            fields = @($one.Properties | ForEach-Object { "$($_.Value)" })
            text = "$($one.Message)"
        }
    }
}
