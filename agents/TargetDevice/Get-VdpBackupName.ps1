function Get-VdpBackupName {
    <#
    .SYNOPSIS
    The name under which a licence store is put aside.
    .DESCRIPTION
    With the moment in it, sorted by name as by time.
    .PARAMETER Path
    Full path of tokens.dat.
    .EXAMPLE
    Get-VdpBackupName -Path 'C:\Windows\System32\spp\store\2.0\tokens.dat'
    .OUTPUTS
    String: ...\tokens.dat.20260102T030405678Z.bar.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Path)

    $moment = (Get-Date).ToUniversalTime().ToString('yyyyMMddTHHmmssfffZ', [Globalization.CultureInfo]::InvariantCulture)
    return "$Path.$moment.bar"
}
