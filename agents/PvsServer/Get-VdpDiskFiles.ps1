function Get-VdpDiskFiles {
    <#
    .SYNOPSIS
    The files of a vDisk as they lie in this server's own folder of a store.
    .DESCRIPTION
    Of .pvp files the hash, of vDisk files size and time alone: they are large, and may be in use. Nothing is read on a share, where all
    servers see the same files.
    .PARAMETER Store
    The store.
    .PARAMETER Name
    The name of the vDisk.
    .EXAMPLE
    (Get-VdpDiskFiles -Store VHD -Name W11-Office).files
    .OUTPUTS
    Hashtable: at, server, folder (null without such a store), shared, files (name, bytes, modified, sha256 or null). Errors: those of
    Find-VdpDiskFile.
    .NOTES
    Whether PVS ever rewrites a .pvp on one server alone is unproven.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Store,
        [Parameter(Mandatory)] [string] $Name
    )

    $place = Find-VdpDiskFile -Store $Store -Name $Name
    $files = @(foreach ($path in $place.paths) {
        $file = if ($path -like '*.pvp') { Get-VdpFile -Path $path } else { Get-VdpFile -Path $path -NoHash }
        if ($null -eq $file) { continue }
        @{ name = $path -replace '^.*\\', ''; bytes = $file.bytes; modified = $file.modified; sha256 = $file.sha256 }
    })
    return @{
        at = ConvertTo-VdpTime -Value (Get-Date)
        server = $place.server
        folder = $place.folder
        shared = $place.shared
        files = $files
    }
}
