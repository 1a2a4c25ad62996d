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
    Invoke-VdpPvs.
    .NOTES
    Source: PvsStore, PvsServerStore; names of files: pvs.md 6.4. Whether PVS ever rewrites a .pvp on one server alone is unproven.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Store,
        [Parameter(Mandatory)] [string] $Name
    )

    $found = @(Find-VdpPvs -Absent 47, 49, 93, 98 -Call { Get-PvsStore -StoreName $Store })
    $here = Get-VdpPvsServerName
    $state = @{ at = ConvertTo-VdpTime -Value (Get-Date); server = $here; folder = $null; shared = $false; files = @() }
    if ($found.Count -ne 1) { return $state }
    $folder = "$($found[0].Path)"
    foreach ($own in @(Find-VdpPvs -Absent 37, 98 -Call { Get-PvsServerStore -ServerName $here -StoreName $Store })) {
        if ($own.Path) { $folder = "$($own.Path)" }
    }
    $state.folder = $folder
    $state.shared = $folder.StartsWith('\\')
    if ($state.shared) { return $state }
    $pattern = '^{0}(\.\d+)?\.(pvp|a?vhdx?)$' -f [regex]::Escape($Name)
    $state.files = @(foreach ($path in @(Get-VdpChildPath -Folder $folder -Filter "$Name.*")) {
        $leaf = $path -replace '^.*\\', ''
        if ($leaf -notmatch $pattern) { continue }
        $file = if ($leaf -like '*.pvp') { Get-VdpFile -Path $path } else { Get-VdpFile -Path $path -NoHash }
        if ($null -ne $file) { @{ name = $leaf; bytes = $file.bytes; modified = $file.modified; sha256 = $file.sha256 } }
    })
    return $state
}
