function Get-VdpCim {
    <#
    .SYNOPSIS
    Surface: the instances of a CIM class.
    .DESCRIPTION
    A failing query of a licensing class is a failure of kind licensing with its HRESULT, of another class of kind native.
    .PARAMETER Class
    The class.
    .PARAMETER Filter
    The WQL condition; empty for all.
    .PARAMETER Property
    The properties to read; none for all.
    .PARAMETER Namespace
    The namespace.
    .EXAMPLE
    Get-VdpCim -Class Win32_Service -Filter "Name='sppsvc'"
    .OUTPUTS
    CIM instances.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Class,
        [string] $Filter = '',
        [string[]] $Property = @(),
        [string] $Namespace = 'root/cimv2'
    )

    $query = @{ ClassName = $Class; Namespace = $Namespace; ErrorAction = 'Stop' }
    if ($Filter) { $query.Filter = $Filter }
    if ($Property.Count) { $query.Property = $Property }
    try {
        Get-CimInstance @query
    } catch {
        throw (New-VdpCimFailure -ErrorRecord $_ -Class $Class)
    }
}
