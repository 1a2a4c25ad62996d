function Get-VdpPvsAttachment {
    <#
    .SYNOPSIS
    What the target itself says of the vDisk it runs from.
    .DESCRIPTION
    The part pvs. The registry stands for an attached disk, never for the boot source: systemVolumeOnVdisk is the system volume's
    own disk.
    .EXAMPLE
    (Get-VdpPvsAttachment).diskName
    .OUTPUTS
    Hashtable: attached, writeCacheType, diskName, personality (present, diskName), systemVolumeOnVdisk, deviceService.
    .NOTES
    pvs.md 6.3 (S6): key bnistack\PVSAgent, values WriteCacheType and DiskName, service BNDevice, C:\Personality.ini. The driver
    that carries the PVS disk is unproven (cvhdmp after the hand-over, 6.2); another driver means no, no controller found means
    unknown.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $agent = 'HKLM\SYSTEM\CurrentControlSet\Services\bnistack\PVSAgent'
    return @{
        attached = Get-VdpReading { Test-VdpRegistryKey -Key $agent }
        writeCacheType = Get-VdpReading { Get-VdpRegistryValue -Key $agent -Name WriteCacheType }
        diskName = Get-VdpReading { Get-VdpRegistryValue -Key $agent -Name DiskName }
        personality = Get-VdpReading {
            $lines = Get-VdpPersonality
            if ($null -eq $lines) { @{ present = $false; diskName = $null } } else { @{ present = $true; diskName = $lines['DiskName'] } }
        }
        systemVolumeOnVdisk = Get-VdpReading {
            $drivers = @(Get-VdpSystemDiskDriver)
            if ($drivers.Count -eq 0) { return @{ unknown = 'the controller of the system volume was not found' } }
            @($drivers | Where-Object { $_ -match '^(cvhdmp|cvhdbusp6|bnistack6?)$' }).Count -gt 0
        }
        deviceService = (Get-VdpService -Name BNDevice).state -ne 'absent'
    }
}
