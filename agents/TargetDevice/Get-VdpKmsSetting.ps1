function Get-VdpKmsSetting {
    <#
    .SYNOPSIS
    Which KMS host this Windows is told to ask, and which it found.
    .DESCRIPTION
    What is set on the service, and what the product that licenses Windows found or limits.
    .PARAMETER Service
    The instance of SoftwareLicensingService.
    .PARAMETER Product
    The instances of SoftwareLicensingProduct of Windows.
    .EXAMPLE
    Get-VdpKmsSetting -Service $service -Product $products
    .OUTPUTS
    Hashtable: machine, port, lookupDomain, discovered, setByPolicy, activationType, isHost.
    .NOTES
    kms.md 3.1, 3.2. On Windows 7 the lookup domain and the discovered host do not exist: null.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [object] $Service,
        [Parameter(Mandatory)] [AllowEmptyCollection()] [object[]] $Product
    )

    $own = $Product | Where-Object { -not (Get-VdpProperty -Of $_ -Name LicenseIsAddon) } | Select-Object -First 1
    $text = {
        param($Name)
        foreach ($place in $Service, $own) {
            $value = Get-VdpProperty -Of $place -Name $Name
            if ($value) { return [string] $value }
        }
    }
    $policy = 'HKLM\SOFTWARE\Policies\Microsoft\Windows NT\CurrentVersion\Software Protection Platform'
    return @{
        machine = & $text KeyManagementServiceMachine
        port = [long] (Get-VdpProperty -Of $Service -Name KeyManagementServicePort)
        lookupDomain = & $text KeyManagementServiceLookupDomain
        discovered = & $text DiscoveredKeyManagementServiceMachineName
        setByPolicy = $null -ne (Get-VdpRegistryValue -Key $policy -Name KeyManagementServiceName)
        activationType = [long] (Get-VdpProperty -Of $own -Name VLActivationTypeEnabled)
        isHost = 1 -eq (Get-VdpProperty -Of $Service -Name IsKeyManagementServiceMachine)
    }
}
