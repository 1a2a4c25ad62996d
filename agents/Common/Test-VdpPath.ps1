function Test-VdpPath {
    <#
    .SYNOPSIS
    Surface: whether a file or folder is there.
    .DESCRIPTION
    The path is taken literally.
    .PARAMETER Path
    Full path.
    .EXAMPLE
    Test-VdpPath -Path 'C:\Personality.ini'
    .OUTPUTS
    Boolean.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory)] [string] $Path)

    return Test-Path -LiteralPath $Path -ErrorAction Stop
}
