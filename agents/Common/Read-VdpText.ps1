function Read-VdpText {
    <#
    .SYNOPSIS
    Surface: the text of a file.
    .DESCRIPTION
    UTF-8 unless the file begins with another mark.
    .PARAMETER Path
    Full path.
    .EXAMPLE
    Read-VdpText -Path 'C:\Personality.ini'
    .OUTPUTS
    String; null when there is no such file.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Path)

    if (-not (Test-VdpPath -Path $Path)) { return $null }
    return [System.IO.File]::ReadAllText($Path)
}
