function Get-VdpWindowsProduct {
    <#
    .SYNOPSIS
    The products of Windows, by a query that never touches Office.
    .DESCRIPTION
    Those that have a key; when none has one (a rebuilt licence store), the KMS client products without a key.
    .EXAMPLE
    @(Get-VdpWindowsProduct)[0].LicenseStatus
    .OUTPUTS
    CIM instances of SoftwareLicensingProduct. Error: licensing, with the HRESULT.
    .NOTES
    kms.md 3.2: the filter, ApplicationID of Windows, VOLUME_KMSCLIENT in the description. That a store without a key lists its
    products is inferred from kms.md 6 (K3).
    #>
    [CmdletBinding()]
    param()

    $windows = "ApplicationID = '55c92734-d682-4d71-983e-d6ec3f16059f'"
    $found = @(Get-VdpCim -Class SoftwareLicensingProduct -Filter "$windows AND PartialProductKey IS NOT NULL")
    if ($found.Count -gt 0) { return $found }
    Get-VdpCim -Class SoftwareLicensingProduct -Filter "$windows AND PartialProductKey IS NULL" |
        Where-Object { "$($_.Description)" -like '*VOLUME_KMSCLIENT*' }
}
