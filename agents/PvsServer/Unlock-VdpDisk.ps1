function Unlock-VdpDisk {
    <#
    .SYNOPSIS
    Removes the lock of one owner from a vDisk.
    .DESCRIPTION
    Only of a device that holds the lock at this moment: it is looked up again under the act's lock. A lock that a server holds is refused.
    PVS itself does not ask whether the owner still runs; that is for the caller to have proved.
    .PARAMETER Guid
    The disk locator.
    .PARAMETER OwnerId
    The device whose lock it is.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act, for its receipt.
    .EXAMPLE
    Unlock-VdpDisk -Guid $guid -OwnerId $deviceId -Fence 12 -Effect 8k2/31
    .OUTPUTS
    Hashtable: before, after (as Get-VdpDiskState). Errors: refused (a server holds it), pvs 110 (it holds none), fenced, busy, and those of
    Invoke-VdpPvs.
    .NOTES
    Source: Unlock-PvsDisk, PvsDiskLocatorLock; pvs.md 4.2.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [guid] $Guid,
        [Parameter(Mandatory)] [guid] $OwnerId,
        [Parameter(Mandatory)] [ValidateRange(1, [long]::MaxValue)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    $noOwner = 'The Device that owns the lock was not found, the vDisk was not unlocked.'
    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Check {
        $held = @(Get-VdpDiskLock -Guid $Guid | Where-Object { $_.ownerId -eq "$OwnerId" })
        if (@($held | Where-Object { $_.ownerKind -eq 'server' }).Count -gt 0) {
            throw (New-VdpFailure -Kind refused -Message 'a server holds this lock')
        }
        if ($held.Count -eq 0) {
            throw (New-VdpFailure -Kind pvs -ReturnCode 110 -Message $noOwner)
        }
    } -Before {
        Get-VdpDiskState -Guid $Guid
    } -Act {
        $null = Invoke-VdpPvs { Unlock-PvsDisk -DiskLocatorId $Guid -OwnerId $OwnerId }
    } -After {
        Get-VdpDiskState -Guid $Guid
    }
}
