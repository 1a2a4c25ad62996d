function Set-VdpDiskMode {
    <#
    .SYNOPSIS
    Sets the write cache type of a vDisk: Private (0, 10) or one of the Standard types.
    .DESCRIPTION
    From Private to Standard with LicenseMode 2 this is what makes PVS mount the disk and prepare it for KMS. The type that the caller
    expects is compared first, under the lock, so that a change nobody expected is refused. Type and size are set in one call, nothing else
    with them. PVS may go on after the call (177): then taskId names its task.
    .PARAMETER Guid
    The disk locator.
    .PARAMETER ExpectedType
    The WriteCacheType that must stand now.
    .PARAMETER WriteCacheType
    The new one.
    .PARAMETER WriteCacheSizeMiB
    The RAM part of the cache.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act, for its receipt.
    .EXAMPLE
    Set-VdpDiskMode -Guid $guid -ExpectedType 0 -WriteCacheType 9 -WriteCacheSizeMiB 4096 -Fence 12 -Effect 8k2/40
    .OUTPUTS
    Hashtable: taskId, before, after (as Get-VdpDiskState). Errors: refused (another type stands), fenced, busy, and those of Invoke-VdpPvs.
    .NOTES
    Source: Set-PvsDisk with a changed object, which sends the changed values alone; pvs.md 2, 4.1, 5.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [guid] $Guid,
        [Parameter(Mandatory)] [ValidateRange(0, 12)] [int] $ExpectedType,
        [Parameter(Mandatory)] [ValidateRange(0, 12)] [int] $WriteCacheType,
        [Parameter(Mandatory)] [ValidateRange(0, 131072)] [int] $WriteCacheSizeMiB,
        [Parameter(Mandatory)] [ValidateRange(1, [long]::MaxValue)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Check {
        $stands = (Get-VdpPvsOne -Code 44 -Call { Get-PvsDisk -DiskLocatorId $Guid }).WriteCacheType
        if ($stands -ne $ExpectedType) {
            throw (New-VdpFailure -Kind refused -Message "WriteCacheType is $stands, not $ExpectedType as expected")
        }
    } -Before {
        Get-VdpDiskState -Guid $Guid
    } -Act {
        $disk = Get-VdpPvsOne -Code 44 -Call { Get-PvsDisk -DiskLocatorId $Guid }
        $disk.WriteCacheType = $WriteCacheType
        $disk.WriteCacheSize = $WriteCacheSizeMiB
        @{ taskId = Invoke-VdpPvsLong { Set-PvsDisk -Disk $disk } }
    } -After {
        Get-VdpDiskState -Guid $Guid
    }
}
