function Get-VdpBootGuid {
    <#
    .SYNOPSIS
    The identity of this boot: a GUID in a volatile registry key, made at first contact.
    .DESCRIPTION
    A reboot takes the key away, so another GUID means another boot. Call it under the store lock: two sessions must not make two.
    .EXAMPLE
    Get-VdpBootGuid
    .OUTPUTS
    String: the GUID.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $boot = Get-VdpRegistryValue -Key 'HKLM\SOFTWARE\vdiskprep' -Name 'boot'
    if (-not $boot) {
        $boot = [guid]::NewGuid().ToString()
        Set-VdpVolatileValue -Name 'boot' -Value $boot
    }
    return $boot
}
