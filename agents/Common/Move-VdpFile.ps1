function Move-VdpFile {
    <#
    .SYNOPSIS
    Surface, writes: renames a file within its volume.
    .DESCRIPTION
    An existing file is never overwritten.
    .PARAMETER Path
    Full path.
    .PARAMETER To
    Full path of the new name.
    .EXAMPLE
    Move-VdpFile -Path $tokens -To "$tokens.bar"
    .OUTPUTS
    Nothing.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $To
    )

    Move-Item -LiteralPath $Path -Destination $To -ErrorAction Stop
}
