function Set-VdpLicenseMode {
    <#
    .SYNOPSIS
    Sets the licence mode of a vDisk, alone in its call.
    .DESCRIPTION
    On a Private disk this only notes what the next change to Standard shall do; on a Standard one it prepares nothing.
    .PARAMETER Guid
    The disk locator.
    .PARAMETER LicenseMode
    0 none, 1 MAK, 2 KMS.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act, for its receipt.
    .EXAMPLE
    Set-VdpLicenseMode -Guid $guid -LicenseMode 2 -Fence 12 -Effect 8k2/38
    .OUTPUTS
    Hashtable: before, after (as Get-VdpDiskState). Errors: fenced, busy, and those of Invoke-VdpPvs.
    .NOTES
    Source: PvsDisk.LicenseMode; pvs.md 2, 5.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [guid] $Guid,
        [Parameter(Mandatory)] [ValidateRange(0, 2)] [int] $LicenseMode,
        [Parameter(Mandatory)] [ValidateRange(1, [long]::MaxValue)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Before {
        Get-VdpDiskState -Guid $Guid
    } -Act {
        $disk = Get-VdpPvsOne -Code 44 -Call { Get-PvsDisk -DiskLocatorId $Guid }
        $disk.LicenseMode = $LicenseMode
        $null = Invoke-VdpPvs { Set-PvsDisk -Disk $disk }
    } -After {
        Get-VdpDiskState -Guid $Guid
    }
}
