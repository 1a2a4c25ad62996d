function Get-VdpDiskInventory {
    <#
    .SYNOPSIS
    How each server holds the files of a vDisk's highest version.
    .DESCRIPTION
    Of the highest version alone: whether all servers hold the lower ones is goodInventory of each version. Times are null where PVS has
    none.
    .PARAMETER Guid
    The disk locator.
    .EXAMPLE
    Get-VdpDiskInventory -Guid $guid
    .OUTPUTS
    Hashtables: server, state (0 up to date, 1 file missing, 2 file old, 3 properties missing, 4 properties old, 5 server not reachable),
    version, fileTime, propertiesTime. Errors: those of Invoke-VdpPvs.
    .NOTES
    Source: PvsDiskInventory, whose State and Version are text; pvs.md 4.6.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [guid] $Guid)

    $copies = @(Find-VdpPvs -Absent 98, 165 -Call { Get-PvsDiskInventory -DiskLocatorId $Guid })
    if ($copies.Count -eq 0) { return }
    $highest = ($copies | ForEach-Object { [int] $_.Version } | Measure-Object -Maximum).Maximum
    $time = {
        param($Moment)
        if ($Moment -is [datetime] -and $Moment.Year -gt 1900) { ConvertTo-VdpTime -Value $Moment } else { $null }
    }
    foreach ($copy in $copies) {
        if ([int] $copy.Version -ne $highest) { continue }
        @{
            server = "$($copy.ServerName)"
            state = [int] $copy.State
            version = [int] $copy.Version
            fileTime = & $time $copy.FileTime
            propertiesTime = & $time $copy.PropertiesTime
        }
    }
}
