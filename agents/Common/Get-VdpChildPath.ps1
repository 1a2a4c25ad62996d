function Get-VdpChildPath {
    <#
    .SYNOPSIS
    Surface: the full paths of the files in a folder that fit a pattern.
    .DESCRIPTION
    Nothing when there is no such folder. Sorted by path.
    .PARAMETER Folder
    The folder.
    .PARAMETER Filter
    The pattern of the names.
    .PARAMETER Recurse
    Also in the folders below.
    .EXAMPLE
    Get-VdpChildPath -Folder "$env:SystemRoot\System32\spp\tokens" -Filter *.xrm-ms -Recurse
    .OUTPUTS
    Strings.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [string] $Folder,
        [Parameter(Mandatory)] [string] $Filter,
        [switch] $Recurse
    )

    if (-not (Test-VdpPath -Path $Folder)) { return }
    Get-ChildItem -LiteralPath $Folder -Filter $Filter -File -Force -Recurse:$Recurse -ErrorAction Stop |
        ForEach-Object { $_.FullName } | Sort-Object
}
