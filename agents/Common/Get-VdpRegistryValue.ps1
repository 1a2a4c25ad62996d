function Get-VdpRegistryValue {
    <#
    .SYNOPSIS
    Surface: reads one value of the registry.
    .DESCRIPTION
    Null when the key or the value is not there; a key that may not be read is an error.
    .PARAMETER Key
    The key, beginning with HKLM or HKU.
    .PARAMETER Name
    The value.
    .EXAMPLE
    Get-VdpRegistryValue -Key 'HKLM\SYSTEM\CurrentControlSet\Services\bnistack\PVSAgent' -Name WriteCacheType
    .OUTPUTS
    The value as the registry types it, or null.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory)] [string] $Key,
        [Parameter(Mandatory)] [string] $Name
    )

    if (-not (Test-VdpRegistryKey -Key $Key)) { return $null }
    $values = Get-ItemProperty -LiteralPath (ConvertTo-VdpRegistryPath -Key $Key) -ErrorAction Stop
    return Get-VdpProperty -Of $values -Name $Name
}
