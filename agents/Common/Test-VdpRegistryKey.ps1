function Test-VdpRegistryKey {
    <#
    .SYNOPSIS
    Surface: whether a key of the registry is there.
    .DESCRIPTION
    A key that may not be read is an error.
    .PARAMETER Key
    The key, beginning with HKLM or HKU.
    .EXAMPLE
    Test-VdpRegistryKey -Key 'HKLM\SYSTEM\CurrentControlSet\Services\bnistack\PVSAgent'
    .OUTPUTS
    Boolean.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory)] [string] $Key)

    return Test-Path -LiteralPath (ConvertTo-VdpRegistryPath -Key $Key) -ErrorAction Stop
}
