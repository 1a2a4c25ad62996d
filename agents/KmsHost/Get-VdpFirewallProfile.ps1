function Get-VdpFirewallProfile {
    <#
    .SYNOPSIS
    The kinds of network in which the firewall of this computer is on.
    .DESCRIPTION
    A policy counts before the computer's own setting. Which ports are open is not told.
    .EXAMPLE
    Get-VdpFirewallProfile
    .OUTPUTS
    Strings: domain, private, public.
    .NOTES
    Policy: [MS-GPFAS], WindowsFirewall\<profile>\EnableFirewall. The place of the computer's own setting is unproven.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $policy = 'HKLM\SOFTWARE\Policies\Microsoft\WindowsFirewall'
    $own = 'HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy'
    foreach ($kind in @('domain', 'DomainProfile'), @('private', 'StandardProfile'), @('public', 'PublicProfile')) {
        $name = $kind[1]
        $set = Get-VdpRegistryValue -Key "$policy\$name" -Name EnableFirewall
        if ($null -eq $set) { $set = Get-VdpRegistryValue -Key "$own\$name" -Name EnableFirewall }
        if ($null -eq $set) { throw "whether the firewall is on for $($kind[0]) networks is not in the registry" }
        if ($set -eq 1) { $kind[0] }
    }
}
