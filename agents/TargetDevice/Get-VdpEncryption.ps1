function Get-VdpEncryption {
    <#
    .SYNOPSIS
    How far the system volume is encrypted.
    .DESCRIPTION
    Without BitLocker its namespace is not there: decrypted.
    .EXAMPLE
    Get-VdpEncryption
    .OUTPUTS
    String: decrypted, encrypted, encrypting or decrypting; a hashtable with unknown when the volume does not say.
    .NOTES
    See Get-VdpSecurity: unproven.
    #>
    [CmdletBinding()]
    param()

    $look = @{ Class = 'Win32_EncryptableVolume'; Namespace = 'root/cimv2/Security/MicrosoftVolumeEncryption' }
    try {
        $volume = @(Get-VdpCim @look -Filter "DriveLetter = '$env:SystemDrive'")
    } catch {
        if ((ConvertTo-VdpHResult -ErrorRecord $_) -eq '0x8004100E') { return 'decrypted' }
        throw
    }
    if ($volume.Count -eq 0) { return 'decrypted' }
    $status = Get-VdpProperty -Of $volume[0] -Name ConversionStatus
    $words = @('decrypted', 'encrypted', 'encrypting', 'decrypting', 'encrypting', 'decrypting')
    if ($null -eq $status -or $status -ge $words.Count) { return @{ unknown = 'the volume does not say how far it is encrypted' } }
    return $words[$status]
}
