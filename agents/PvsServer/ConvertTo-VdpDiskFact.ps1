function ConvertTo-VdpDiskFact {
    <#
    .SYNOPSIS
    The record of a vDisk as the wire has it.
    .DESCRIPTION
    DiskSize is told in bytes; it is 0 while PVS does not know it. No server name means that every server of the store may serve the disk.
    .PARAMETER Info
    What Get-PvsDiskInfo returned.
    .EXAMPLE
    ConvertTo-VdpDiskFact -Info (Get-PvsDiskInfo -DiskLocatorId $Guid)
    .OUTPUTS
    Hashtable, the disk of Get-VdpDiskState.
    .NOTES
    Source: PvsDiskInfo; that DiskSize counts bytes: public inventory scripts divide it by 1024 twice to print MB.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [object] $Info)

    $serverName = "$($Info.ServerName)"
    if (-not $serverName) { $serverName = $null }
    return @{
        guid = "$($Info.Guid)"
        name = "$($Info.Name)"
        writeCacheType = [int] $Info.WriteCacheType
        writeCacheSizeMiB = [int] $Info.WriteCacheSize
        licenseMode = [int] $Info.LicenseMode
        sizeMiB = [int] [Math]::Floor([double] $Info.DiskSize / 1MB)
        vhdx = [bool] $Info.VHDX
        longDescription = "$($Info.LongDescription)"
        enabled = [bool] $Info.Enabled
        serverName = $serverName
        active = [bool] $Info.Active
        mapped = [bool] $Info.Mapped
        deviceCount = [int] $Info.DeviceCount
        temporaryVersionSet = [bool] $Info.TemporaryVersionSet
        autoUpdate = [bool] $Info.AutoUpdateEnabled
    }
}
