function Get-VdpProperty {
    <#
    .SYNOPSIS
    Reads a property that older Windows or another release may not have.
    .DESCRIPTION
    Under strict mode a missing property is an error; here it is null.
    .PARAMETER Of
    The object.
    .PARAMETER Name
    The property.
    .EXAMPLE
    Get-VdpProperty -Of $product -Name RemainingAppReArmCount
    .OUTPUTS
    The value, or null.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [AllowNull()] [object] $Of,
        [Parameter(Mandatory)] [string] $Name
    )

    if ($null -eq $Of) { return $null }
    $property = $Of.PSObject.Properties[$Name]
    if ($null -eq $property) { return $null }
    return $property.Value
}
