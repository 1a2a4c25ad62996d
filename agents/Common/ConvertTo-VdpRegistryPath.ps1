function ConvertTo-VdpRegistryPath {
    <#
    .SYNOPSIS
    The provider path of a key of the registry.
    .DESCRIPTION
    Named by provider, so that no drive has to be there.
    .PARAMETER Key
    The key, beginning with HKLM or HKU.
    .EXAMPLE
    ConvertTo-VdpRegistryPath -Key 'HKLM\SOFTWARE\vdiskprep'
    .OUTPUTS
    String.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [ValidatePattern('^HK(LM|U)\\.+')] [string] $Key)

    $hive, $rest = $Key -split '\\', 2
    $hives = @{ HKLM = 'HKEY_LOCAL_MACHINE'; HKU = 'HKEY_USERS' }
    return "Registry::$($hives[$hive])\$rest"
}
