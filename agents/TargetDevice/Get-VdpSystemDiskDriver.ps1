function Get-VdpSystemDiskDriver {
    <#
    .SYNOPSIS
    The driver of the controller on which the system volume's disk hangs.
    .DESCRIPTION
    Volume, partition, disk, controller: each by the keys of the CIM associations, never by a displayed name.
    .EXAMPLE
    Get-VdpSystemDiskDriver
    .OUTPUTS
    Strings: driver service names; none when the chain breaks.
    .NOTES
    Win32_LogicalDiskToPartition, Win32_DiskDriveToDiskPartition, Win32_DiskDrive.PNPDeviceID, Win32_SCSIControllerDevice,
    Win32_SCSIController (DriverName), Win32_IDEControllerDevice: Microsoft's documentation. Unproven on a PVS target.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $partitions = @(Get-VdpCim -Class Win32_LogicalDiskToPartition |
        Where-Object { $_.Dependent.DeviceID -eq $env:SystemDrive } | ForEach-Object { $_.Antecedent.DeviceID })
    $disks = @(Get-VdpCim -Class Win32_DiskDriveToDiskPartition |
        Where-Object { $partitions -contains $_.Dependent.DeviceID } | ForEach-Object { $_.Antecedent.DeviceID })
    $devices = @(Get-VdpCim -Class Win32_DiskDrive -Property DeviceID, PNPDeviceID |
        Where-Object { $disks -contains $_.DeviceID } | ForEach-Object { $_.PNPDeviceID })
    $controllers = @(Get-VdpCim -Class Win32_SCSIControllerDevice |
        Where-Object { $devices -contains $_.Dependent.DeviceID } | ForEach-Object { $_.Antecedent.DeviceID })
    Get-VdpCim -Class Win32_SCSIController -Property DeviceID, DriverName |
        Where-Object { $controllers -contains $_.DeviceID -and $_.DriverName } | ForEach-Object { [string] $_.DriverName }
    if (@(Get-VdpCim -Class Win32_IDEControllerDevice | Where-Object { $devices -contains $_.Dependent.DeviceID }).Count) { 'ide' }
}
