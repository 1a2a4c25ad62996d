function Get-VdpStoreFact {
    <#
    .SYNOPSIS
    A store: where its files lie, what room is left, which servers serve it.
    .DESCRIPTION
    A share when the path begins with two backslashes on every server; the words of PVS for it may be localised. A server may have a path of
    its own. The room is asked of a server that serves the store.
    .PARAMETER Site
    The site.
    .PARAMETER Store
    The store.
    .EXAMPLE
    Get-VdpStoreFact -Site Main -Store VHD
    .OUTPUTS
    Hashtable: pathKind (local, share), freeMiB (or unknown), servers. Errors: internal (there is no such store), those of Invoke-VdpPvs.
    .NOTES
    Source: PvsStore, PvsServerStore, Get-PvsStoreFreeSpace; pvs.md 4.6.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Site,
        [Parameter(Mandatory)] [string] $Store
    )

    $found = @(Find-VdpPvs -Absent 47, 49, 93, 98 -Call { Get-PvsStore -StoreName $Store })
    if ($found.Count -ne 1) { throw 'there is no such store' }
    $servers = @(Find-VdpPvs -Absent 37, 47, 98 -Call { Get-PvsServer -StoreName $Store -SiteName $Site } | ForEach-Object { "$($_.Name)" })
    $paths = @(foreach ($server in $servers) {
        foreach ($own in @(Find-VdpPvs -Absent 37, 98 -Call { Get-PvsServerStore -ServerName $server -StoreName $Store })) {
            if ($own.Path) { "$($own.Path)" } else { "$($found[0].Path)" }
        }
    })
    if ($paths.Count -eq 0) { $paths = @("$($found[0].Path)") }
    $local = @($paths | Where-Object { -not $_.StartsWith('\\') })
    return @{
        pathKind = if ($local.Count -eq 0) { 'share' } else { 'local' }
        freeMiB = Get-VdpReading {
            $here = Get-VdpPvsServerName
            if ($here -in $servers) {
                [int] (Invoke-VdpPvs { Get-PvsStoreFreeSpace -StoreName $Store -ServerName $here })
            } else {
                [int] (Invoke-VdpPvs { Get-PvsStoreFreeSpace -StoreName $Store -SiteName $Site })
            }
        }
        servers = $servers
    }
}
