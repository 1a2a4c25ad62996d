function ConvertTo-VdpTime {
    <#
    .SYNOPSIS
    Writes a moment as the wire does: UTC, ISO 8601, milliseconds.
    .DESCRIPTION
    A local time is converted; one of unspecified kind counts as local, as CIM and the file system give it.
    .PARAMETER Value
    The moment.
    .EXAMPLE
    ConvertTo-VdpTime -Value (Get-Date)
    .OUTPUTS
    String such as 2026-01-02T03:04:05.678Z.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [datetime] $Value)

    return $Value.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.fffZ', [Globalization.CultureInfo]::InvariantCulture)
}
