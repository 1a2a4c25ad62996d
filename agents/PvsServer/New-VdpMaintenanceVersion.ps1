function New-VdpMaintenanceVersion {
    <#
    .SYNOPSIS
    Creates a maintenance version of a vDisk over its highest one.
    .DESCRIPTION
    Only on a Standard disk (159) without a version in work (160). The receipt of this act is what Undo-VdpVersion goes by.
    .PARAMETER Guid
    The disk locator.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act, for its receipt.
    .EXAMPLE
    New-VdpMaintenanceVersion -Guid $guid -Fence 12 -Effect 8k2/6
    .OUTPUTS
    Hashtable: version, before, after (as Get-VdpDiskState). Errors: fenced, busy, and those of Invoke-VdpPvs.
    .NOTES
    Source: New-PvsDiskMaintenanceVersion; pvs.md 4.4.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [guid] $Guid,
        [Parameter(Mandatory)] [ValidateRange(1, [long]::MaxValue)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Before {
        Get-VdpDiskState -Guid $Guid
    } -Act {
        $made = Invoke-VdpPvs { New-PvsDiskMaintenanceVersion -DiskLocatorId $Guid }
        @{ version = [int] $made.Version }
    } -After {
        Get-VdpDiskState -Guid $Guid
    }
}
