function Remove-VdpRegistryValue {
    <#
    .SYNOPSIS
    Surface, writes: removes one value of the registry.
    .DESCRIPTION
    A value that is not there is removed already.
    .PARAMETER Key
    The key, beginning with HKLM or HKU.
    .PARAMETER Name
    The value.
    .EXAMPLE
    Remove-VdpRegistryValue -Key $key -Name SkipRearm
    .OUTPUTS
    Nothing.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Key,
        [Parameter(Mandatory)] [string] $Name
    )

    if ($null -eq (Get-VdpRegistryValue -Key $Key -Name $Name)) { return }
    Remove-ItemProperty -LiteralPath (ConvertTo-VdpRegistryPath -Key $Key) -Name $Name -ErrorAction Stop
}
