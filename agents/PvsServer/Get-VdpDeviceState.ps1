function Get-VdpDeviceState {
    <#
    .SYNOPSIS
    A target device as the farm sees it.
    .DESCRIPTION
    Exactly one, by name or id; anything else leaves device out. What it streams (disk, diskVersion, server, ip) is told only while it is
    active: of an inactive device PVS gives the list of its vDisks in the same property.
    .PARAMETER Name
    The name of the device.
    .PARAMETER DeviceId
    Its id.
    .EXAMPLE
    Get-VdpDeviceState -Name W11-MASTER
    .OUTPUTS
    Hashtable: at, act, found, device (id, name, collection, mac, type, bootFrom, enabled, active, disk, diskVersion, server, ip, mak,
    disks: guid, name, enabled). Errors: those of Invoke-VdpPvs.
    .NOTES
    The shape is deviceState in src/wire/operations/farm-state.ts. Source: PvsDeviceInfo, PvsDiskLocator; pvs.md 4.3.
    #>
    [CmdletBinding(DefaultParameterSetName = 'Id')]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory, ParameterSetName = 'Name')] [string] $Name,
        [Parameter(Mandatory, ParameterSetName = 'Id')] [guid] $DeviceId
    )

    if ($PSCmdlet.ParameterSetName -eq 'Id') {
        $found = @(Find-VdpPvs -Absent 43, 98 -Call { Get-PvsDeviceInfo -DeviceId $DeviceId })
    } else {
        $found = @(Find-VdpPvs -Absent 43, 98 -Call { Get-PvsDeviceInfo -DeviceName $Name })
    }
    $state = @{ at = ConvertTo-VdpTime -Value (Get-Date); act = Get-VdpActReport; found = $found.Count }
    if ($found.Count -ne 1) { return $state }
    $one = $found[0]
    $active = [bool] $one.Active
    $disks = @(Find-VdpPvs -Absent 37, 98 -Call { Get-PvsDiskLocator -DeviceId $one.Guid })
    $state.device = @{
        id = "$($one.Guid)"
        name = "$($one.Name)"
        collection = "$($one.CollectionName)"
        mac = ("$($one.DeviceMac)" -replace '[^0-9A-Fa-f]', '').ToUpperInvariant() -replace '(..)(?!$)', '$1-'
        type = [int] $one.Type
        bootFrom = [int] $one.BootFrom
        enabled = [bool] $one.Enabled
        active = $active
        disk = if ($active) { "$($one.DiskLocatorName)" } else { $null }
        diskVersion = if ($active) { [int] $one.DiskVersion } else { 0 }
        server = if ($active) { "$($one.ServerName)" } else { $null }
        ip = if ($active) { "$($one.Ip)" } else { $null }
        mak = [int] $one.MakLicenseActivated
        disks = @(foreach ($disk in $disks) {
            @{ guid = "$($disk.Guid)"; name = "$($disk.Name)"; enabled = [bool] $disk.EnabledForDevice }
        })
    }
    return $state
}
