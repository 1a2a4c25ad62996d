function Get-VdpOffice {
    <#
    .SYNOPSIS
    Office as it is found and as it is licensed.
    .DESCRIPTION
    The part office. Reading it touches Office's licences, so it is refused once Office was rearmed; after an OSPPREARM that was begun
    and did not end, installs and running alone are read. cmid is null where Office shares the service of Windows: its own is then in
    its events alone.
    .EXAMPLE
    (Get-VdpOffice).installs
    .OUTPUTS
    Hashtable: installs, query, products, cmid, rearmsLeft (the lowest; null when no product tells), running (Office programs).
    .NOTES
    kms.md 5.4 (V3): where the CMID comes from; 3.2: RemainingAppReArmCount is the one to read for Office (of osppsvc unproven).
    Names of the programs: public knowledge.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $begun = (Get-VdpOfficeMarker) -eq 'begun'
    if (-not $begun) { Assert-VdpOfficeOpen }
    $installs = @(Get-VdpOfficeInstall -Os (Get-VdpOs))
    $services = @($installs | ForEach-Object { $_.service } | Select-Object -Unique)
    $why = 'OSPPREARM was begun and did not end: the licences of Office are left alone'
    $unread = @{ unknown = $why }
    $licence = @{ query = @{ answers = $false; code = ''; message = $why }; products = $unread; rearmsLeft = $unread }
    if (-not $begun) { $licence = Get-VdpOfficeLicence -Services $services }
    $programs = 'WINWORD', 'EXCEL', 'POWERPNT', 'OUTLOOK', 'ONENOTE', 'MSACCESS', 'MSPUB', 'INFOPATH', 'LYNC', 'VISIO', 'WINPROJ'
    $running = @(Get-VdpCim -Class Win32_Process -Property Name | ForEach-Object { "$($_.Name)" -replace '\.exe$', '' } |
        Where-Object { $programs -contains $_ } | ForEach-Object { $_.ToUpperInvariant() } | Select-Object -Unique)
    return @{
        installs = $installs
        query = $licence.query
        products = $licence.products
        cmid = if ($begun) { $unread } elseif ($services -contains 'osppsvc') { Get-VdpReading { Get-VdpOfficeCmid } } else { $null }
        rearmsLeft = $licence.rearmsLeft
        running = $running
    }
}
