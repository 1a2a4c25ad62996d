function Select-VdpWindowsProduct {
    <#
    .SYNOPSIS
    The product that licenses Windows.
    .DESCRIPTION
    With a key and no add-on; of several the licensed one, then the only one that is not unlicensed.
    .EXAMPLE
    Select-VdpWindowsProduct
    .OUTPUTS
    A CIM instance; null when none has a key. Error: refused, when several are left.
    .NOTES
    kms.md 3.2 (V1, X4).
    #>
    [CmdletBinding()]
    param()

    $own = @(Get-VdpWindowsProduct | Where-Object {
        (Get-VdpProperty -Of $_ -Name PartialProductKey) -and -not (Get-VdpProperty -Of $_ -Name LicenseIsAddon)
    })
    if ($own.Count -le 1) { return $own | Select-Object -First 1 }
    foreach ($better in @($own | Where-Object { $_.LicenseStatus -eq 1 }), @($own | Where-Object { $_.LicenseStatus -ne 0 })) {
        if ($better.Count -eq 1) { return $better[0] }
    }
    throw (New-VdpFailure -Kind refused -Message "$($own.Count) products of Windows have a key, and none stands out")
}
