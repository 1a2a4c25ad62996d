function Invoke-VdpWindowsActivation {
    <#
    .SYNOPSIS
    Tries once to activate Windows.
    .DESCRIPTION
    Activate() of the product that licenses Windows, then RefreshLicenseStatus. An attempt that fails is a fact: its code. Without
    a key the code is that of a missing key.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act.
    .EXAMPLE
    Invoke-VdpWindowsActivation -Fence 7 -Effect e1
    .OUTPUTS
    Hashtable: before, after (Get-VdpWindowsLicense), code (HRESULT; null when it succeeded), via (cim). Errors: refused (several
    products and none stands out), licensing without a code, those of Invoke-VdpWrite.
    .NOTES
    kms.md 3.2: Activate(); which product of several (X4); section 9: 0xC004F014, 0xC004F038, 0xC004F074 ...
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Before { Get-VdpWindowsLicense } -Act {
        $code = '0xC004F014'
        $product = Select-VdpWindowsProduct
        if ($product) { $code = Invoke-VdpActivate -Product $product -Class SoftwareLicensingProduct }
        if ($null -eq $code) {
            $service = @(Get-VdpCim -Class SoftwareLicensingService)[0]
            $null = Invoke-VdpCimMethod -Instance $service -Class SoftwareLicensingService -Method RefreshLicenseStatus
        }
        @{ code = $code; via = 'cim' }
    } -After { Get-VdpWindowsLicense }
}
