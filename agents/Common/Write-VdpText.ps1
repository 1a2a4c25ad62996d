function Write-VdpText {
    <#
    .SYNOPSIS
    Surface, writes: writes a text file whole or not at all.
    .DESCRIPTION
    UTF-8 without mark, written beside, flushed to the disk, and put into its place in one step.
    .PARAMETER Path
    Full path.
    .PARAMETER Text
    The text.
    .EXAMPLE
    Write-VdpText -Path "$env:ProgramData\vdiskprep\acts.json" -Text $json
    .OUTPUTS
    Nothing.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [AllowEmptyString()] [string] $Text
    )

    $bytes = (New-Object System.Text.UTF8Encoding($false)).GetBytes($Text)
    $beside = "$Path.new"
    $stream = New-Object System.IO.FileStream($beside, [System.IO.FileMode]::Create)
    try {
        $stream.Write($bytes, 0, $bytes.Length)
        $stream.Flush($true)
    } finally {
        $stream.Dispose()
    }
    if (Test-VdpPath -Path $Path) {
        [System.IO.File]::Replace($beside, $Path, [NullString]::Value)
    } else {
        [System.IO.File]::Move($beside, $Path)
    }
}
