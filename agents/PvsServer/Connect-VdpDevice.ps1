function Connect-VdpDevice {
    <#
    .SYNOPSIS
    Assigns a vDisk to one device, and sets what and how that device boots.
    .DESCRIPTION
    What is null stays as it is. Assigning comes before taking away, so that the device is never without a disk; an assignment that stands
    already, or is gone already, is left alone. A running device takes all of it up at its next boot. Where PVS puts a new vDisk in a list
    of several is not documented: the list in after tells.
    .PARAMETER DeviceId
    The device; one.
    .PARAMETER Assign
    The vDisk to assign, or null.
    .PARAMETER Unassign
    The vDisk to take away, or null.
    .PARAMETER BootFrom
    1 vDisk, 2 hard disk, 3 floppy, or null.
    .PARAMETER Type
    0 production, 1 test, 2 maintenance, or null.
    .PARAMETER Enabled
    Whether the device may log in, or null.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act, for its receipt.
    .EXAMPLE
    Connect-VdpDevice -DeviceId $id -Assign $guid -Unassign $null -BootFrom 1 -Type $null -Enabled $true -Fence 12 -Effect 8k2/9
    .OUTPUTS
    Hashtable: before, after (as Get-VdpDeviceState). Errors: arguments (a boot source or type that is none), fenced, busy, and those of
    Invoke-VdpPvs.
    .NOTES
    Source: Add-PvsDiskLocatorToDevice, Remove-PvsDiskLocatorFromDevice, PvsDevice; pvs.md 4.3.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [guid] $DeviceId,
        [Parameter(Mandatory)] [AllowNull()] [Nullable[guid]] $Assign,
        [Parameter(Mandatory)] [AllowNull()] [Nullable[guid]] $Unassign,
        [Parameter(Mandatory)] [AllowNull()] [Nullable[int]] $BootFrom,
        [Parameter(Mandatory)] [AllowNull()] [Nullable[int]] $Type,
        [Parameter(Mandatory)] [AllowNull()] [Nullable[bool]] $Enabled,
        [Parameter(Mandatory)] [ValidateRange(1, [long]::MaxValue)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    if ($null -ne $BootFrom -and $BootFrom -notin 1, 2, 3) { throw (New-VdpFailure -Kind arguments -Message "boot source $BootFrom") }
    if ($null -ne $Type -and $Type -notin 0, 1, 2) { throw (New-VdpFailure -Kind arguments -Message "device type $Type") }
    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Before {
        Get-VdpDeviceState -DeviceId $DeviceId
    } -Act {
        $device = Get-VdpPvsOne -Code 43 -Call { Get-PvsDevice -DeviceId $DeviceId }
        $disks = @(Find-VdpPvs -Absent 37, 98 -Call { Get-PvsDiskLocator -DeviceId $DeviceId })
        $assigned = @($disks | ForEach-Object { "$($_.Guid)" })
        if ($null -ne $Assign -and "$Assign" -notin $assigned) {
            $null = Invoke-VdpPvs { Add-PvsDiskLocatorToDevice -DiskLocatorId $Assign -DeviceId $DeviceId }
        }
        if ($null -ne $Unassign -and "$Unassign" -in $assigned) {
            $null = Invoke-VdpPvs { Remove-PvsDiskLocatorFromDevice -DiskLocatorId $Unassign -DeviceId $DeviceId }
        }
        if ($null -ne $BootFrom -or $null -ne $Type -or $null -ne $Enabled) {
            if ($null -ne $BootFrom) { $device.BootFrom = $BootFrom }
            if ($null -ne $Type) { $device.Type = $Type }
            if ($null -ne $Enabled) { $device.Enabled = $Enabled }
            $null = Invoke-VdpPvs { Set-PvsDevice -Device $device }
        }
    } -After {
        Get-VdpDeviceState -DeviceId $DeviceId
    }
}
