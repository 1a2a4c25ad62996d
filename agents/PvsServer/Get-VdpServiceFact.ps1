function Get-VdpServiceFact {
    <#
    .SYNOPSIS
    One of the two services that carry PVS, and whether its account may perform volume maintenance.
    .DESCRIPTION
    tokenHolds is about the process that runs now; policyGrants about its next start, because a grant reaches a service only when it logs
    on. A service on its way up or down counts as stopped.
    .PARAMETER Name
    The service.
    .PARAMETER Holder
    The SIDs that hold SeManageVolumePrivilege, or a hashtable with unknown.
    .PARAMETER Policy
    The group policy that sets it, or empty.
    .EXAMPLE
    Get-VdpServiceFact -Name soapserver -Holder (Get-VdpReading -List { Get-VdpRightHolder -Right SeManageVolumePrivilege })
    .OUTPUTS
    Hashtable: name, state (running, stopped, absent), startMode and exitCode (null when absent), account, accountKind, tokenHolds,
    policyGrants (granted, via).
    .NOTES
    Source: pvs.md 6.1, 7. The shape is in src/wire/operations/farm-state.ts.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [ValidateSet('StreamService', 'soapserver')] [string] $Name,
        [Parameter(Mandatory)] [AllowNull()] [AllowEmptyCollection()] [object] $Holder,
        [string] $Policy = ''
    )

    $service = Get-VdpService -Name $Name
    $fact = @{
        name = $Name
        state = if ($service.state -in 'running', 'absent') { $service.state } else { 'stopped' }
        startMode = $service.startMode
        exitCode = $service.exitCode
        account = $service.account
        accountKind = 'unknown'
        tokenHolds = @{ unknown = 'the service does not run' }
        policyGrants = @{ unknown = 'the service has no account' }
    }
    if (-not $service.account) {
        $fact.account = @{ unknown = 'the service has no account' }
        return $fact
    }
    $token = $fact.tokenHolds
    if ($service.state -eq 'running') { $token = Get-VdpReading { Get-VdpProcessToken -ProcessId $service.pid } }
    $sid = if ($token.ContainsKey('unknown')) { Get-VdpReading { Resolve-VdpAccountSid -Account $service.account } } else { $token.user }
    $fact.tokenHolds = if ($token.ContainsKey('unknown')) { $token } else { 'SeManageVolumePrivilege' -in $token.privileges }
    $fact.accountKind = Get-VdpAccountKind -Account $service.account -Sid $(if ($sid -is [string]) { $sid } else { '' })
    if ($Holder -is [hashtable]) { $fact.policyGrants = $Holder }
    elseif ($sid -is [hashtable]) { $fact.policyGrants = $sid }
    else {
        $fact.policyGrants = Get-VdpReading {
            Get-VdpPolicyGrant -Account $service.account -Sid $sid -Token $token -Holder @($Holder) -Policy $Policy
        }
    }
    return $fact
}
