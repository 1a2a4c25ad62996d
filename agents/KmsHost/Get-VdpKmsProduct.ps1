function Get-VdpKmsProduct {
    <#
    .SYNOPSIS
    The products whose key makes this computer a KMS host.
    .DESCRIPTION
    The count is -1 where the service has none (it then holds all bits set).
    .EXAMPLE
    Get-VdpKmsProduct
    .OUTPUTS
    Hashtables: name, description, count, required, status (LicenseStatus, 1 licensed). Error: licensing.
    .NOTES
    Source: SoftwareLicensingProduct (IsKeyManagementServiceMachine, KeyManagementServiceCurrentCount, RequiredClientCount); kms.md 3.2.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $wanted = @{
        Class = 'SoftwareLicensingProduct'
        Filter = 'PartialProductKey IS NOT NULL'
        Property = 'ID', 'Name', 'Description', 'LicenseStatus', 'IsKeyManagementServiceMachine', 'KeyManagementServiceCurrentCount',
            'RequiredClientCount'
    }
    $number = { param($Value) if ($null -eq $Value -or $Value -gt [int]::MaxValue) { -1 } else { [int] $Value } }
    foreach ($product in @(Get-VdpCim @wanted)) {
        if ($product.IsKeyManagementServiceMachine -ne 1) { continue }
        @{
            name = "$($product.Name)"
            description = "$($product.Description)"
            count = & $number $product.KeyManagementServiceCurrentCount
            required = & $number $product.RequiredClientCount
            status = [int] $product.LicenseStatus
        }
    }
}
