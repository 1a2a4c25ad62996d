function Test-VdpCreating {
    <#
    .SYNOPSIS
    Whether PVS still creates a vDisk.
    .DESCRIPTION
    It answers with a percentage, or with nothing, until the locator is there.
    .PARAMETER Status
    What Start-PvsCreateDisk or Get-PvsCreateDiskStatus returned.
    .EXAMPLE
    Test-VdpCreating -Status 40
    .OUTPUTS
    Boolean.
    .NOTES
    Source: Get-PvsCreateDiskStatus.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory)] [AllowNull()] [object] $Status)

    return $null -eq (Get-VdpProperty -Of $Status -Name Guid)
}
