function Get-VdpDiskVersion {
    <#
    .SYNOPSIS
    The versions of a vDisk, the base (0) first.
    .DESCRIPTION
    Sorted by number: the order in which PVS gives them is not documented. CreateDate is text: what cannot be read as a date is unknown.
    .PARAMETER Guid
    The disk locator.
    .EXAMPLE
    Get-VdpDiskVersion -Guid $guid
    .OUTPUTS
    Hashtables: version, access (0 production, 1 and 2 maintenance, 3 override, 4 to 6 merge, 7 test), type, isPending, deviceCount,
    goodInventory, description, createdAt. Errors: those of Invoke-VdpPvs.
    .NOTES
    Source: PvsDiskVersion; pvs.md 4.4.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [guid] $Guid)

    foreach ($one in @(Find-VdpPvs -Absent 98, 165 -Call { Get-PvsDiskVersion -DiskLocatorId $Guid } | Sort-Object -Property Version)) {
        @{
            version = [int] $one.Version
            access = [int] $one.Access
            type = [int] $one.Type
            isPending = [bool] $one.IsPending
            deviceCount = [int] $one.DeviceCount
            goodInventory = [bool] $one.GoodInventoryStatus
            description = "$($one.Description)"
            createdAt = Get-VdpReading { ConvertFrom-VdpPvsDate -Value $one.CreateDate }
        }
    }
}
