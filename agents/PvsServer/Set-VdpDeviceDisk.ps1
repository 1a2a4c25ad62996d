function Set-VdpDeviceDisk {
    <#
    .SYNOPSIS
    Enables or disables one assigned vDisk for one device.
    .DESCRIPTION
    A disabled one stays assigned and is not offered to the device at its next boot.
    .PARAMETER DeviceId
    The device; one.
    .PARAMETER Guid
    The disk locator.
    .PARAMETER Enabled
    Whether the device may boot it.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act, for its receipt.
    .EXAMPLE
    Set-VdpDeviceDisk -DeviceId $id -Guid $guid -Enabled $false -Fence 12 -Effect 8k2/5
    .OUTPUTS
    Hashtable: before, after (as Get-VdpDeviceState). Errors: fenced, busy, and those of Invoke-VdpPvs.
    .NOTES
    Source: Enable-PvsDeviceDiskLocator, Disable-PvsDeviceDiskLocator; pvs.md 4.1.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [guid] $DeviceId,
        [Parameter(Mandatory)] [guid] $Guid,
        [Parameter(Mandatory)] [bool] $Enabled,
        [Parameter(Mandatory)] [ValidateRange(1, [long]::MaxValue)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Before {
        Get-VdpDeviceState -DeviceId $DeviceId
    } -Act {
        if ($Enabled) {
            $null = Invoke-VdpPvs { Enable-PvsDeviceDiskLocator -DeviceId $DeviceId -DiskLocatorId $Guid }
        } else {
            $null = Invoke-VdpPvs { Disable-PvsDeviceDiskLocator -DeviceId $DeviceId -DiskLocatorId $Guid }
        }
    } -After {
        Get-VdpDeviceState -DeviceId $DeviceId
    }
}
