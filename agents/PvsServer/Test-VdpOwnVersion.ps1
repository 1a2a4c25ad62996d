function Test-VdpOwnVersion {
    <#
    .SYNOPSIS
    Whether a run created a version of a vDisk, as the receipts on this server say.
    .DESCRIPTION
    The name of an effect begins with its run. The receipt of New-VdpMaintenanceVersion keeps the number of the version; a run has one
    vDisk.
    .PARAMETER Version
    The version.
    .PARAMETER Run
    The run.
    .EXAMPLE
    Test-VdpOwnVersion -Version 3 -Run 8k2
    .OUTPUTS
    Boolean.
    .NOTES
    Receipts: src/wire/receipt.ts.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory)] [int] $Version, [Parameter(Mandatory)] [string] $Run)

    foreach ($receipt in @((Get-VdpActReport).receipts)) {
        if ($receipt.op -ne 'New-VdpMaintenanceVersion' -or $null -eq $receipt.result) { continue }
        if (-not $receipt.effect.StartsWith("$Run/")) { continue }
        if ("$($receipt.result['version'])" -eq "$Version") { return $true }
    }
    return $false
}
