function Get-VdpOfficeProduct {
    <#
    .SYNOPSIS
    The Office products that have a key, as their service lists them.
    .DESCRIPTION
    Asks the service that is named, and only for products with a key.
    .PARAMETER Service
    sppsvc (that of Windows) or osppsvc (Office's own).
    .EXAMPLE
    Get-VdpOfficeProduct -Service sppsvc
    .OUTPUTS
    CIM instances. Error: licensing, with the HRESULT.
    .NOTES
    kms.md 3.2: ApplicationID of Office 2013 and later; class OfficeSoftwareProtectionProduct (of 2010 unconfirmed there, hence no
    ApplicationID).
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [ValidateSet('sppsvc', 'osppsvc')] [string] $Service)

    if ($Service -eq 'osppsvc') {
        return Get-VdpCim -Class OfficeSoftwareProtectionProduct -Filter 'PartialProductKey IS NOT NULL'
    }
    $office = "ApplicationID = '0ff1ce15-a989-479d-af46-f275c6370663'"
    Get-VdpCim -Class SoftwareLicensingProduct -Filter "$office AND PartialProductKey IS NOT NULL"
}
