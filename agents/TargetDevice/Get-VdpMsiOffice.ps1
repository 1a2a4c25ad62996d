function Get-VdpMsiOffice {
    <#
    .SYNOPSIS
    The MSI installations of Office, as the registry tells.
    .DESCRIPTION
    A version counts when its InstallRoot is there and at least one of its products stands in the list of installed programs;
    product ids are put into the words of Click-to-Run (PROPLUS is ProPlusVolume, PROPLUSR is ProPlusRetail).
    .PARAMETER OsBits
    Bits of Windows.
    .EXAMPLE
    Get-VdpMsiOffice -OsBits 64
    .OUTPUTS
    Hashtables: delivery, version (14, 15 or 16), bits, ids, places, toolPlaces (of 2010: the folder of its protection platform).
    .NOTES
    kms.md 5.1 (X1): Common\InstallRoot!Path, OfficeSoftwareProtectionPlatform!Path. The names below Uninstall (Office16.PROPLUS,
    with R at the end for retail) are public knowledge of the MSI setup, unproven.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [int] $OsBits)

    $names = @{
        PROPLUS = 'ProPlus'; STANDARD = 'Standard'; PRJPRO = 'ProjectPro'; PRJSTD = 'ProjectStd'; VISPRO = 'VisioPro'; VISSTD = 'VisioStd'
        VISIOPREM = 'VisioPrem'; ACCESS = 'Access'; EXCEL = 'Excel'; INFOPATH = 'InfoPath'; LYNC = 'Lync'; MONDO = 'Mondo'
        ONENOTE = 'OneNote'; OUTLOOK = 'Outlook'; POWERPOINT = 'PowerPoint'; PUBLISHER = 'Publisher'; WORD = 'Word'
    }
    $views = '', 'Wow6432Node\'
    $programs = @($views | ForEach-Object { Get-VdpRegistrySubkey -Key "HKLM\SOFTWARE\${_}Microsoft\Windows\CurrentVersion\Uninstall" })
    $tools = @($views | ForEach-Object {
        Get-VdpRegistryValue -Key "HKLM\SOFTWARE\${_}Microsoft\OfficeSoftwareProtectionPlatform" -Name Path
    } | Where-Object { $_ })
    foreach ($version in 14, 15, 16) {
        $ids = @(foreach ($program in $programs) {
            if ($program -notmatch "^Office$version\.([A-Za-z]+)$") { continue }
            $name = $Matches[1].ToUpperInvariant()
            if ($names.ContainsKey($name)) { "$($names[$name])Volume" }
            elseif ($name.EndsWith('R') -and $names.ContainsKey($name.TrimEnd('R'))) { "$($names[$name.TrimEnd('R')])Retail" }
        }) | Select-Object -Unique
        if (-not $ids) { continue }
        foreach ($view in $views) {
            $root = Get-VdpRegistryValue -Key "HKLM\SOFTWARE\${view}Microsoft\Office\$version.0\Common\InstallRoot" -Name Path
            if (-not $root) { continue }
            @{
                delivery = 'msi'
                version = $version
                bits = if ($view) { 32 } else { $OsBits }
                ids = @($ids)
                places = @($root.TrimEnd('\'))
                toolPlaces = @(if ($version -eq 14) { $tools | ForEach-Object { $_.TrimEnd('\') } })
            }
            break
        }
    }
}
