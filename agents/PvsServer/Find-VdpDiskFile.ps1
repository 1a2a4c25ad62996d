function Find-VdpDiskFile {
    <#
    .SYNOPSIS
    Where the files of a vDisk lie in this server's own folder of a store.
    .DESCRIPTION
    By name: the disk, its versions and their .pvp. On a share, where all servers see the same files, none is told.
    .PARAMETER Store
    The store.
    .PARAMETER Name
    The name of the vDisk.
    .EXAMPLE
    (Find-VdpDiskFile -Store VHD -Name W11-Office).paths
    .OUTPUTS
    Hashtable: server, folder (null without such a store), shared, paths. Errors: those of Invoke-VdpPvs.
    .NOTES
    Source: PvsStore, PvsServerStore; names of files: pvs.md 6.4.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Store,
        [Parameter(Mandatory)] [string] $Name
    )

    $found = @(Find-VdpPvs -Absent 47, 49, 93, 98 -Call { Get-PvsStore -StoreName $Store })
    $here = Get-VdpPvsServerName
    $place = @{ server = $here; folder = $null; shared = $false; paths = @() }
    if ($found.Count -ne 1) { return $place }
    $folder = "$($found[0].Path)"
    foreach ($own in @(Find-VdpPvs -Absent 37, 98 -Call { Get-PvsServerStore -ServerName $here -StoreName $Store })) {
        if ($own.Path) { $folder = "$($own.Path)" }
    }
    $place.folder = $folder
    $place.shared = $folder.StartsWith('\\')
    if ($place.shared) { return $place }
    $pattern = '\\{0}(\.\d+)?\.(pvp|a?vhdx?)$' -f [regex]::Escape($Name)
    $place.paths = @(Get-VdpChildPath -Folder $folder -Filter "$Name.*" | Where-Object { $_ -match $pattern })
    return $place
}
