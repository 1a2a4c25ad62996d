function Test-VdpMount {
    <#
    .SYNOPSIS
    Mounts a vDisk on this server and dismounts it again, to prove the driver.
    .DESCRIPTION
    Writes to the disk, as every mount does. On the server of the SOAP service that the snap-in is connected to, which must be this
    computer, and only while nothing is mounted there. What this act has mounted is dismounted whatever happens; anything else is left
    alone. It proves the driver, not the right of the service account: the console's mount can succeed where that of the service fails.
    .PARAMETER Guid
    The disk locator.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act, for its receipt.
    .EXAMPLE
    Test-VdpMount -Guid $guid -Fence 12 -Effect 8k2/35
    .OUTPUTS
    Hashtable: driveLetter (empty when Windows gave none in time), before, after (as Get-VdpServerState). Errors: refused (another vDisk is
    mounted), pvs 84 to 88 and others, fenced, busy, and those of Invoke-VdpPvs.
    .NOTES
    Source: Mount-PvsDisk, Dismount-PvsDisk; pvs.md 4.5. Without a server name PVS mounts on the connected server: inferred, and looked up.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [guid] $Guid,
        [Parameter(Mandatory)] [ValidateRange(1, [long]::MaxValue)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Check {
        if ($null -ne (Get-VdpMountedDisk)) {
            throw (New-VdpFailure -Kind refused -Message 'another vDisk is mounted on this server')
        }
    } -Before {
        Get-VdpServerState
    } -Act {
        try {
            $letter = Invoke-VdpPvs { Mount-PvsDisk -DiskLocatorId $Guid }
        } finally {
            $mounted = Get-VdpReading { Get-VdpMountedDisk }
            if ($mounted -is [hashtable] -and $mounted['guid'] -eq "$Guid") { $null = Invoke-VdpPvs { Dismount-PvsDisk } }
        }
        @{ driveLetter = "$letter" }
    } -After {
        Get-VdpServerState
    }
}
