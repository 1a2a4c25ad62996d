function Get-VdpOfficeInstall {
    <#
    .SYNOPSIS
    Every Office found here, one entry for each release and kind of licence.
    .DESCRIPTION
    An installation that holds products of several releases (Visio 2021 beside Microsoft 365) gives several entries with one
    folder. The rearm tool is found by looking, never assumed.
    .PARAMETER Os
    What Get-VdpOs returned.
    .EXAMPLE
    Get-VdpOfficeInstall -Os (Get-VdpOs)
    .OUTPUTS
    Hashtables: release, delivery, bits, products, volume, service, folder, rearmTool (null when it is not there).
    .NOTES
    kms.md 5.1; 3.2: Office 2010 uses osppsvc everywhere, later ones sppsvc from Windows 8 (build 9200) on. kms.md 5.1 (O3): 2019,
    2021 and 2024 all use 16.0, so the product ids decide.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [hashtable] $Os)

    $bases = @{ 14 = '2010'; 15 = '2013'; 16 = '2016' }
    foreach ($found in @(Get-VdpMsiOffice -OsBits $Os.bits) + @(Get-VdpClickToRun -OsBits $Os.bits)) {
        if ($null -eq $found) { continue }
        $place = Find-VdpOfficeTool -Places $found.places -ToolPlaces $found.toolPlaces
        $groups = [ordered] @{}
        foreach ($id in $found.ids) {
            $release = $bases[$found.version]
            if ($id -match '^O365') { $release = '365' } elseif ($id -match '(2019|2021|2024)') { $release = $Matches[1] }
            $volume = $id -match 'Volume$'
            $group = "$release $volume"
            if (-not $groups.Contains($group)) { $groups[$group] = @{ release = $release; volume = $volume; ids = @() } }
            $groups[$group].ids += $id
        }
        foreach ($group in $groups.Values) {
            @{
                release = $group.release
                delivery = $found.delivery
                bits = $found.bits
                products = @($group.ids)
                volume = $group.volume
                service = if ($found.version -eq 14 -or $Os.build -lt 9200) { 'osppsvc' } else { 'sppsvc' }
                folder = $place.folder
                rearmTool = $place.rearmTool
            }
        }
    }
}
