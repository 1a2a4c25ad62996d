function Get-VdpPersonality {
    <#
    .SYNOPSIS
    The lines of C:\Personality.ini.
    .DESCRIPTION
    Names without the $ or _ that may precede them.
    .EXAMPLE
    (Get-VdpPersonality)['DiskName']
    .OUTPUTS
    Hashtable of texts; null when there is no such file.
    .NOTES
    pvs.md 6.3 (S6, S40, S41): written at boot from the device's data; lines DiskMode, DiskName, WriteCacheType.
    #>
    [CmdletBinding()]
    param()

    $text = Read-VdpText -Path 'C:\Personality.ini'
    if ($null -eq $text) { return $null }
    $lines = @{}
    foreach ($line in $text -split '\r?\n') {
        if ($line -match '^\s*[_$]?(\w+)\s*=\s*(.*?)\s*$') { $lines[$Matches[1]] = $Matches[2] }
    }
    return $lines
}
