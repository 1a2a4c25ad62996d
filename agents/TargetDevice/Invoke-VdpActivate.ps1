function Invoke-VdpActivate {
    <#
    .SYNOPSIS
    One activation attempt for one product. Call it inside an act.
    .DESCRIPTION
    The code of a failed attempt is returned; a failure without a code is thrown.
    .PARAMETER Product
    The CIM instance.
    .PARAMETER Class
    Its class.
    .EXAMPLE
    Invoke-VdpActivate -Product $product -Class SoftwareLicensingProduct
    .OUTPUTS
    String: the HRESULT; null when it succeeded.
    .NOTES
    kms.md 3.2: Activate(). Of OfficeSoftwareProtectionProduct it is unproven.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [object] $Product,
        [Parameter(Mandatory)] [string] $Class
    )

    try {
        $null = Invoke-VdpCimMethod -Instance $Product -Class $Class -Method Activate
        return $null
    } catch {
        $code = ConvertTo-VdpHResult -ErrorRecord $_
        if ($code) { return $code }
        throw
    }
}
