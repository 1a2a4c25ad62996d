function ConvertFrom-VdpPvsDate {
    <#
    .SYNOPSIS
    Reads a date that PVS gives as text.
    .DESCRIPTION
    Takes the forms that begin with the year, which mean the same in every language; any other is refused rather than guessed, because day
    and month could change places. Without a zone it counts as the local time of this server.
    .PARAMETER Value
    The text, or a date.
    .EXAMPLE
    ConvertFrom-VdpPvsDate -Value '2026/11/02 08:30:00'
    .OUTPUTS
    String: UTC, ISO 8601. Error: internal, when it is in another form.
    .NOTES
    PvsDiskVersion.CreateDate is a string whose form is not documented; the guide's dates are year/month/day.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [AllowNull()] [object] $Value)

    if ($Value -is [datetime]) { return ConvertTo-VdpTime -Value $Value }
    $date = [datetime]::MinValue
    $plain = [Globalization.CultureInfo]::InvariantCulture
    $readable = "$Value" -match '^\d{4}[-/.]' -and
        [datetime]::TryParse("$Value", $plain, [Globalization.DateTimeStyles]::AssumeLocal, [ref] $date)
    if (-not $readable) { throw "'$Value' is no date that reads the same in every language" }
    return ConvertTo-VdpTime -Value $date
}
