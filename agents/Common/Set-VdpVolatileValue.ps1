function Set-VdpVolatileValue {
    <#
    .SYNOPSIS
    Surface, writes: sets a text under our volatile key, which is gone at shutdown.
    .DESCRIPTION
    The key is HKLM\SOFTWARE\vdiskprep; it is made when it is not there. No cmdlet can make a volatile key, so this one function
    uses the registry of .NET; it is read with Get-VdpRegistryValue.
    .PARAMETER Name
    The value.
    .PARAMETER Value
    The text.
    .EXAMPLE
    Set-VdpVolatileValue -Name officeRearmed -Value $boot
    .OUTPUTS
    Nothing.
    .NOTES
    Source: documentation of RegistryKey.CreateSubKey and RegistryOptions.Volatile. Not executed outside Windows.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] [string] $Value
    )

    $hive = [Microsoft.Win32.Registry]::LocalMachine
    $access = [Microsoft.Win32.RegistryKeyPermissionCheck]::ReadWriteSubTree
    $key = $hive.CreateSubKey('SOFTWARE\vdiskprep', $access, [Microsoft.Win32.RegistryOptions]::Volatile)
    try {
        $key.SetValue($Name, $Value, [Microsoft.Win32.RegistryValueKind]::String)
        $key.Flush()
    } finally {
        $key.Close()
    }
}
