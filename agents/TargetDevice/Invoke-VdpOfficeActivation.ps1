function Invoke-VdpOfficeActivation {
    <#
    .SYNOPSIS
    Tries once to activate every Office product that has a key.
    .DESCRIPTION
    A failed attempt is a fact; the code is that of the first product that failed, or 0xC004F014 when no product has a key. Refused
    once Office was rearmed.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act.
    .EXAMPLE
    Invoke-VdpOfficeActivation -Fence 7 -Effect e1
    .OUTPUTS
    Hashtable: query, products, code (null when all succeeded). Errors: refused, missing (no Office here), licensing, those of
    Invoke-VdpWrite.
    .NOTES
    kms.md 3.2, 5.2 (/act).
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    $here = @{ Services = @() }
    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Check {
        Assert-VdpOfficeOpen
        $here.Services = @(Get-VdpOfficeInstall -Os (Get-VdpOs) | ForEach-Object { $_.service } | Select-Object -Unique)
        if ($here.Services.Count -eq 0) { throw (New-VdpFailure -Kind missing -Message 'there is no Office here') }
    } -Act {
        $codes = @(foreach ($service in $here.Services) {
            $class = if ($service -eq 'sppsvc') { 'SoftwareLicensingProduct' } else { 'OfficeSoftwareProtectionProduct' }
            foreach ($product in @(Get-VdpOfficeProduct -Service $service)) { "$(Invoke-VdpActivate -Product $product -Class $class)" }
        })
        $code = if ($codes.Count) { $codes | Where-Object { $_ } | Select-Object -First 1 } else { '0xC004F014' }
        $licence = Get-VdpOfficeLicence -Services $here.Services
        @{ query = $licence.query; products = $licence.products; code = $code }
    }
}
