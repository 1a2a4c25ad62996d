function Get-VdpDiskAssignment {
    <#
    .SYNOPSIS
    The devices that may boot a vDisk.
    .DESCRIPTION
    active means that the device streams this vDisk now, not another one. Whether the disk is enabled for a device is told only per device:
    one question for each.
    .PARAMETER Guid
    The disk locator.
    .EXAMPLE
    Get-VdpDiskAssignment -Guid $guid
    .OUTPUTS
    Hashtables: deviceId, device, enabled, active, type (0 production, 1 test, 2 maintenance). Errors: those of Invoke-VdpPvs.
    .NOTES
    Source: PvsDeviceInfo (DiskLocatorId), PvsDiskLocator (EnabledForDevice); pvs.md 4.3.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [guid] $Guid)

    foreach ($device in @(Find-VdpPvs -Absent 37, 98 -Call { Get-PvsDeviceInfo -DiskLocatorId $Guid })) {
        $disks = @(Find-VdpPvs -Absent 37, 98 -Call { Get-PvsDiskLocator -DeviceId $device.Guid })
        $own = @($disks | Where-Object { "$($_.Guid)" -eq "$Guid" })
        @{
            deviceId = "$($device.Guid)"
            device = "$($device.Name)"
            enabled = $own.Count -eq 1 -and [bool] $own[0].EnabledForDevice
            active = [bool] $device.Active -and "$($device.DiskLocatorId)" -eq "$Guid"
            type = [int] $device.Type
        }
    }
}
