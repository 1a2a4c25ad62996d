function Get-VdpClickToRun {
    <#
    .SYNOPSIS
    The Click-to-Run installations of Office, as the registry tells.
    .DESCRIPTION
    One entry for 2013 and one for 16.0 at most; product ids as Click-to-Run names them (ProPlus2021Volume).
    .PARAMETER OsBits
    Bits of Windows.
    .EXAMPLE
    Get-VdpClickToRun -OsBits 64
    .OUTPUTS
    Hashtables: delivery, version (15 or 16), bits, ids, places (folders where the tools may be), toolPlaces (none).
    .NOTES
    kms.md 5.1 (X1): ClickToRun!InstallPath, folder Office16; root\Office16 and all of 2013 Click-to-Run are unproven there.
    Configuration with ProductReleaseIds and Platform: public scripts, unproven; without Platform the view of the registry
    decides.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [int] $OsBits)

    foreach ($version in 15, 16) {
        $below = if ($version -eq 15) { 'Office\15.0\ClickToRun' } else { 'Office\ClickToRun' }
        foreach ($view in '', 'Wow6432Node\') {
            $key = "HKLM\SOFTWARE\${view}Microsoft\$below"
            $path = Get-VdpRegistryValue -Key $key -Name InstallPath
            if (-not $path) { continue }
            $ids = [string] (Get-VdpRegistryValue -Key "$key\Configuration" -Name ProductReleaseIds)
            $platform = [string] (Get-VdpRegistryValue -Key "$key\Configuration" -Name Platform)
            $bits = if ($view) { 32 } else { $OsBits }
            if ($platform) { $bits = if ($platform -eq 'x86') { 32 } else { 64 } }
            $path = $path.TrimEnd('\')
            @{
                delivery = 'click-to-run'
                version = $version
                bits = $bits
                ids = @($ids -split ',' | ForEach-Object { $_.Trim() } | Where-Object { $_ })
                places = @("$path\Office$version", "$path\root\Office$version")
                toolPlaces = @()
            }
            break
        }
    }
}
