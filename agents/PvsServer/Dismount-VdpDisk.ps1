function Dismount-VdpDisk {
    <#
    .SYNOPSIS
    Dismounts one vDisk from this server.
    .DESCRIPTION
    PVS's own command takes no disk: it dismounts whatever is mounted. So it is called only when the disk mounted on this server is the one
    that is named, looked up under the act's lock.
    .PARAMETER Guid
    The disk locator.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act, for its receipt.
    .EXAMPLE
    Dismount-VdpDisk -Guid $guid -Fence 12 -Effect 8k2/36
    .OUTPUTS
    Hashtable: before, after (as Get-VdpServerState). Errors: refused (another vDisk is mounted), pvs 17 (none is), 88, fenced, busy, and
    those of Invoke-VdpPvs.
    .NOTES
    Source: Dismount-PvsDisk, Get-PvsMountedDisk; pvs.md 4.5. Another administrator may still come between look and call: PVS has no guard
    for it.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [guid] $Guid,
        [Parameter(Mandatory)] [ValidateRange(1, [long]::MaxValue)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Before {
        Get-VdpServerState
    } -Act {
        $mounted = Get-VdpMountedDisk
        if ($null -eq $mounted) { throw (New-VdpFailure -Kind pvs -ReturnCode 17 -Message 'A vDisk has not yet been mapped.') }
        if ($mounted.guid -ne "$Guid") {
            throw (New-VdpFailure -Kind refused -Message 'another vDisk is mounted on this server' -Details $mounted.name)
        }
        $null = Invoke-VdpPvs { Dismount-PvsDisk }
    } -After {
        Get-VdpServerState
    }
}
