function Get-VdpMountedDisk {
    <#
    .SYNOPSIS
    The vDisk that is mounted on this server; a server has one slot.
    .DESCRIPTION
    Asked of the SOAP service the snap-in is connected to, for that service's own server. When that is another computer, the answer would be
    about a slot that is not here: refused.
    .EXAMPLE
    Get-VdpMountedDisk
    .OUTPUTS
    Hashtable: guid, name; null when nothing is mounted. Errors: native (connected to another server), those of Invoke-VdpPvs.
    .NOTES
    Source: Get-PvsMountedDisk, Get-PvsLocalServer; pvs.md 4.5.
    #>
    [CmdletBinding()]
    param()

    $server = Get-VdpPvsServerName
    $here = Get-VdpComputerName
    if ($server -ne $here) { throw (New-VdpFailure -Kind native -Message "the snap-in is connected to $server, not to $here") }
    $disk = Invoke-VdpPvs { Get-PvsMountedDisk -ServerName $server }
    if ($null -eq $disk) { return $null }
    return @{ guid = "$($disk.Guid)"; name = "$($disk.Name)" }
}
