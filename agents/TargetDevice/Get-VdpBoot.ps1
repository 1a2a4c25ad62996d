function Get-VdpBoot {
    <#
    .SYNOPSIS
    Which boot this is, and whether a shutdown would be a real one.
    .DESCRIPTION
    The part boot: the GUID of this boot, and beside it when Windows says that it was.
    .EXAMPLE
    (Get-VdpBoot).guid
    .OUTPUTS
    Hashtable: guid, lastBootUpTime, hiberbootEnabled, hibernationEnabled.
    .NOTES
    Win32_OperatingSystem.LastBootUpTime: Microsoft's documentation. HiberbootEnabled, HibernateEnabled and
    HibernateEnabledDefault (the default of Windows where nobody set it) below Control: unproven, the reference does not name
    them.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $os = @(Get-VdpCim -Class Win32_OperatingSystem -Property LastBootUpTime)[0]
    $control = 'HKLM\SYSTEM\CurrentControlSet\Control'
    return @{
        guid = $script:VdpHere.Boot
        lastBootUpTime = ConvertTo-VdpTime -Value $os.LastBootUpTime
        hiberbootEnabled = Get-VdpReading { 1 -eq (Get-VdpRegistryValue -Key "$control\Session Manager\Power" -Name HiberbootEnabled) }
        hibernationEnabled = Get-VdpReading {
            $set = Get-VdpRegistryValue -Key "$control\Power" -Name HibernateEnabled
            if ($null -eq $set) { $set = Get-VdpRegistryValue -Key "$control\Power" -Name HibernateEnabledDefault }
            if ($null -eq $set) { @{ unknown = 'the registry does not say whether hibernation is on' } } else { $set -ne 0 }
        }
    }
}
