function Set-VdpSealRecord {
    <#
    .SYNOPSIS
    Writes the seal note into the description of a vDisk.
    .DESCRIPTION
    Replaces LongDescription, which PVS limits to 399 characters. Only this note tells a prepared disk from one merely set to KMS.
    .PARAMETER Guid
    The disk locator.
    .PARAMETER Text
    The note.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act, for its receipt.
    .EXAMPLE
    Set-VdpSealRecord -Guid $guid -Text 'vdiskprep 8k2 ...' -Fence 12 -Effect 8k2/44
    .OUTPUTS
    Hashtable: before, after (as Get-VdpDiskState). Errors: fenced, busy, and those of Invoke-VdpPvs.
    .NOTES
    Source: PvsDisk.LongDescription; pvs.md 4.1, 9.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [guid] $Guid,
        [Parameter(Mandatory)] [AllowEmptyString()] [ValidateLength(0, 399)] [string] $Text,
        [Parameter(Mandatory)] [ValidateRange(1, [long]::MaxValue)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Before {
        Get-VdpDiskState -Guid $Guid
    } -Act {
        $disk = Get-VdpPvsOne -Code 44 -Call { Get-PvsDisk -DiskLocatorId $Guid }
        $disk.LongDescription = $Text
        $null = Invoke-VdpPvs { Set-PvsDisk -Disk $disk }
    } -After {
        Get-VdpDiskState -Guid $Guid
    }
}
