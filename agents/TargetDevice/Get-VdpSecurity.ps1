function Get-VdpSecurity {
    <#
    .SYNOPSIS
    What could undo or hinder the preparation: encryption, password changes, other tools.
    .DESCRIPTION
    The part security.
    .EXAMPLE
    (Get-VdpSecurity).bitLocker
    .OUTPUTS
    Hashtable: bitLocker (decrypted, encrypted, encrypting, decrypting), machinePasswordChangeDisabled, otherRearmTool (names).
    .NOTES
    Unproven: Win32_EncryptableVolume.ConversionStatus (0 decrypted, 1 encrypted, 2 and 4 encrypting, 3 and 5 decrypting), missing
    namespace means no BitLocker (0x8004100E); Netlogon value DisablePasswordChange; the key of BIS-F. The reference names BIS-F
    (S6, X1), not its key.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $netlogon = 'HKLM\SYSTEM\CurrentControlSet\Services\Netlogon\Parameters'
    $tools = @(if (Test-VdpRegistryKey -Key 'HKLM\SOFTWARE\Login Consultants\BISF') { 'BIS-F' })
    return @{
        bitLocker = Get-VdpReading { Get-VdpEncryption }
        machinePasswordChangeDisabled = Get-VdpReading { 1 -eq (Get-VdpRegistryValue -Key $netlogon -Name DisablePasswordChange) }
        otherRearmTool = $tools
    }
}
