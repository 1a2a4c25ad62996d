function Undo-VdpVersion {
    <#
    .SYNOPSIS
    Deletes a version that this run, or the run that is named, created.
    .DESCRIPTION
    Only the highest version, and only when a receipt of that run says that it created a version of that number. PVS refuses while a device
    is booted from it.
    .PARAMETER Guid
    The disk locator.
    .PARAMETER Version
    The version.
    .PARAMETER MadeBy
    The run that created it; without it this one.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act, for its receipt.
    .EXAMPLE
    Undo-VdpVersion -Guid $guid -Version 3 -Fence 12 -Effect 8k2/60
    .OUTPUTS
    Hashtable: before, after (as Get-VdpDiskState). Errors: refused (that run did not create it, or it is not the highest), pvs 165 (no such
    version), 101, fenced, busy, and those of Invoke-VdpPvs.
    .NOTES
    Source: Remove-PvsDiskVersion; pvs.md 4.4.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [guid] $Guid,
        [Parameter(Mandatory)] [ValidateRange(1, [int]::MaxValue)] [int] $Version,
        [string] $MadeBy = $script:VdpHere.Run,
        [Parameter(Mandatory)] [ValidateRange(1, [long]::MaxValue)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Check {
        $null = Get-VdpVersionAccess -Guid $Guid -Version $Version
        if (-not (Test-VdpOwnVersion -Version $Version -Run $MadeBy)) {
            throw (New-VdpFailure -Kind refused -Message "no receipt of $MadeBy says that it created version $Version")
        }
        $highest = @(Get-VdpDiskVersion -Guid $Guid)[-1].version
        if ($highest -ne $Version) { throw (New-VdpFailure -Kind refused -Message "version $highest stands above version $Version") }
    } -Before {
        Get-VdpDiskState -Guid $Guid
    } -Act {
        $null = Invoke-VdpPvs { Remove-PvsDiskVersion -DiskLocatorId $Guid -Version $Version }
    } -After {
        Get-VdpDiskState -Guid $Guid
    }
}
