function Get-VdpDiskLock {
    <#
    .SYNOPSIS
    Who holds a vDisk.
    .DESCRIPTION
    The owner is the device or the server whose GUID is not all zero.
    .PARAMETER Guid
    The disk locator.
    .EXAMPLE
    Get-VdpDiskLock -Guid $guid
    .OUTPUTS
    Hashtables: exclusive, readOnly, ownerKind (device, server), ownerId, ownerName. Errors: those of Invoke-VdpPvs.
    .NOTES
    Source: PvsDiskLocatorLock; pvs.md 4.2.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [guid] $Guid)

    foreach ($lock in @(Find-VdpPvs -Absent 98 -Call { Get-PvsDiskLocatorLock -DiskLocatorId $Guid })) {
        $byServer = "$($lock.DeviceId)" -in '', "$([guid]::Empty)"
        @{
            exclusive = [bool] $lock.Exclusive
            readOnly = [bool] $lock.ReadOnly
            ownerKind = if ($byServer) { 'server' } else { 'device' }
            ownerId = if ($byServer) { "$($lock.ServerId)" } else { "$($lock.DeviceId)" }
            ownerName = if ($byServer) { "$($lock.ServerName)" } else { "$($lock.DeviceName)" }
        }
    }
}
