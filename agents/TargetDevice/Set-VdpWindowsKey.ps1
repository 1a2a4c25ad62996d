function Set-VdpWindowsKey {
    <#
    .SYNOPSIS
    Installs a product key for Windows.
    .DESCRIPTION
    InstallProductKey, then RefreshLicenseStatus. An existing key is replaced. slmgr.vbs does the same through the same service,
    so where this fails it would too: it is not tried.
    .PARAMETER Key
    The key. It is in no log, receipt or error.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act.
    .EXAMPLE
    Set-VdpWindowsKey -Key $key -Fence 7 -Effect e1
    .OUTPUTS
    Hashtable: before, after (Get-VdpWindowsLicense), via (cim). Errors: arguments (not the form of a key), licensing (0xC004F050,
    0xC004F069 ...), those of Invoke-VdpWrite.
    .NOTES
    kms.md 1.2 (form of a key), 2.2 (what /ipk does), 3.1: SoftwareLicensingService.InstallProductKey(ProductKey),
    RefreshLicenseStatus().
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Key,
        [Parameter(Mandatory)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Check { Assert-VdpKeyForm -Key $Key } -Before { Get-VdpWindowsLicense } -Act {
        Install-VdpKey -Key $Key
        @{ via = 'cim' }
    } -After { Get-VdpWindowsLicense }
}
