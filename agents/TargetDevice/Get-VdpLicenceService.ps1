function Get-VdpLicenceService {
    <#
    .SYNOPSIS
    The licensing services of this Windows.
    .DESCRIPTION
    The part service. sppsvc, or slsvc on Vista and Server 2008; office is the service that older Office brings along.
    .EXAMPLE
    (Get-VdpLicenceService).state
    .OUTPUTS
    Hashtable: name, state, startMode, office (a state; absent where Office uses the service of Windows). Error: missing, when
    there is none.
    .NOTES
    kms.md 6: sppsvc, slsvc, osppsvc.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $service = Get-VdpService -Name sppsvc
    if ($service.state -eq 'absent') { $service = Get-VdpService -Name slsvc }
    if ($service.state -eq 'absent') { throw (New-VdpFailure -Kind missing -Message 'there is neither sppsvc nor slsvc') }
    return @{
        name = $service.name.ToLowerInvariant()
        state = $service.state
        startMode = $service.startMode
        office = (Get-VdpService -Name osppsvc).state
    }
}
