function Get-VdpRegistrySubkey {
    <#
    .SYNOPSIS
    Surface: the names of the keys below a key of the registry.
    .DESCRIPTION
    Sorted; nothing when the key is not there.
    .PARAMETER Key
    The key, beginning with HKLM or HKU.
    .EXAMPLE
    Get-VdpRegistrySubkey -Key 'HKLM\SOFTWARE\Microsoft\Office'
    .OUTPUTS
    Strings.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Key)

    if (-not (Test-VdpRegistryKey -Key $Key)) { return }
    Get-ChildItem -LiteralPath (ConvertTo-VdpRegistryPath -Key $Key) -ErrorAction Stop |
        ForEach-Object { $_.PSChildName } | Sort-Object
}
