function Publish-VdpVersion {
    <#
    .SYNOPSIS
    Promotes one version of a vDisk to test or production.
    .DESCRIPTION
    PVS promotes "the" maintenance version without its number: so the version in maintenance must be the one that is named. A promotion to
    production may start a merge of its own at its end, where the farm merges automatically.
    .PARAMETER Guid
    The disk locator.
    .PARAMETER Version
    The version.
    .PARAMETER To
    test or production.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act, for its receipt.
    .EXAMPLE
    Publish-VdpVersion -Guid $guid -Version 3 -To test -Fence 12 -Effect 8k2/45
    .OUTPUTS
    Hashtable: taskId, before, after (as Get-VdpDiskState). Errors: pvs 165 (no such version), 163 (it is neither in maintenance nor in
    test, or in test already), fenced, busy, and those of Invoke-VdpPvs.
    .NOTES
    Source: Invoke-PvsPromoteDiskVersion; pvs.md 4.4.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [guid] $Guid,
        [Parameter(Mandatory)] [ValidateRange(1, [int]::MaxValue)] [int] $Version,
        [Parameter(Mandatory)] [ValidateSet('test', 'production')] [string] $To,
        [Parameter(Mandatory)] [ValidateRange(1, [long]::MaxValue)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Before {
        Get-VdpDiskState -Guid $Guid
    } -Act {
        $access = Get-VdpVersionAccess -Guid $Guid -Version $Version
        $promote = switch ("$access $To") {
            { $_ -in '1 test', '2 test' } { { Invoke-PvsPromoteDiskVersion -DiskLocatorId $Guid -Test } }
            { $_ -in '1 production', '2 production' } { { Invoke-PvsPromoteDiskVersion -DiskLocatorId $Guid } }
            '7 production' { { Invoke-PvsPromoteDiskVersion -DiskLocatorId $Guid -TestVersion $Version } }
            default {
                $message = 'Unable to perform this action because the vDisk is not in Maintenance Mode.'
                throw (New-VdpFailure -Kind pvs -ReturnCode 163 -Message $message -Details "version $Version, access $access, to $To")
            }
        }
        @{ taskId = Invoke-VdpPvsLong $promote }
    } -After {
        Get-VdpDiskState -Guid $Guid
    }
}
