function Remove-VdpFile {
    <#
    .SYNOPSIS
    Surface, writes: deletes one file.
    .DESCRIPTION
    A file that is not there is deleted already.
    .PARAMETER Path
    Full path.
    .EXAMPLE
    Remove-VdpFile -Path $backup
    .OUTPUTS
    Nothing.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Path)

    if (-not (Test-VdpPath -Path $Path)) { return }
    Remove-Item -LiteralPath $Path -Force -ErrorAction Stop
}
