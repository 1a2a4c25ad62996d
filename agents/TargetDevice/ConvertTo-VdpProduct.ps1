function ConvertTo-VdpProduct {
    <#
    .SYNOPSIS
    One product of a licensing service as a fact.
    .DESCRIPTION
    Numbers, GUIDs and codes as the service gives them; name and description are for people, but for the channel in capitals,
    which is not localised.
    .PARAMETER Product
    The CIM instance.
    .EXAMPLE
    Get-VdpCim -Class SoftwareLicensingProduct -Filter $filter | ForEach-Object { ConvertTo-VdpProduct -Product $_ }
    .OUTPUTS
    Hashtable: activationId, applicationId, name, description, partialKey, status, statusReason, graceMinutes, vlActivationType,
    isAddon.
    .NOTES
    kms.md 3.2: properties of SoftwareLicensingProduct; ID (the activation id) by the class page (T10). That
    OfficeSoftwareProtectionProduct has the same ones is unproven; a missing one counts as 0.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [object] $Product)

    $number = { param($Name) [long] (Get-VdpProperty -Of $Product -Name $Name) }
    $partial = Get-VdpProperty -Of $Product -Name PartialProductKey
    return @{
        activationId = [string] $Product.ID
        applicationId = [string] $Product.ApplicationID
        name = [string] $Product.Name
        description = [string] $Product.Description
        partialKey = if ($partial) { [string] $partial } else { $null }
        status = & $number LicenseStatus
        statusReason = '0x{0:X8}' -f (& $number LicenseStatusReason)
        graceMinutes = & $number GracePeriodRemaining
        vlActivationType = & $number VLActivationType
        isAddon = [bool] (Get-VdpProperty -Of $Product -Name LicenseIsAddon)
    }
}
