function Get-VdpPolicyGrant {
    <#
    .SYNOPSIS
    Whether one of the SIDs that hold a right is the account's own or that of one of its groups.
    .DESCRIPTION
    The groups come from the token of the running process; else LocalSystem has its documented ones, and a domain is asked for those of its
    account. Where the groups are not known, not having found a grant means nothing: then the answer is unknown, never not granted.
    .PARAMETER Account
    The logon account of the service.
    .PARAMETER Sid
    Its SID.
    .PARAMETER Token
    What Get-VdpProcessToken returned, or a hashtable with unknown.
    .PARAMETER Holder
    The SIDs that hold the right directly.
    .PARAMETER Policy
    The group policy that sets the right, or empty.
    .EXAMPLE
    Get-VdpPolicyGrant -Account LocalSystem -Sid S-1-5-18 -Token @{ unknown = 'it does not run' } -Holder 'S-1-5-32-544'
    .OUTPUTS
    Hashtable: granted, via (the SID, its name and the policy; or null). Error: internal, when the groups are not known.
    .NOTES
    Source: pvs.md 7.1 (groups of LocalSystem), 7.4. No deny exists for a user right.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Account,
        [Parameter(Mandatory)] [string] $Sid,
        [Parameter(Mandatory)] [hashtable] $Token,
        [Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $Holder,
        [string] $Policy = ''
    )

    # Everyone, Authenticated Users, SERVICE and Users are in the token of every service.
    $sids = @($Sid, 'S-1-1-0', 'S-1-5-11', 'S-1-5-6', 'S-1-5-32-545')
    $unknown = ''
    if (-not $Token.ContainsKey('unknown')) {
        $sids = @($Token.user) + @($Token.groups)
    } elseif ($Sid -eq 'S-1-5-18') {
        $sids += 'S-1-5-32-544'
    } else {
        $groups = Get-VdpReading -List { Get-VdpLogonGroup -Account $Account }
        if ($groups -is [hashtable]) { $unknown = $groups.unknown } else { $sids += $groups }
    }
    foreach ($one in $sids) {
        if ($one -notin $Holder) { continue }
        $name = Get-VdpSidName -Sid $one
        $via = if ($name) { "$one ($name)" } else { $one }
        if ($Policy) { $via = "$via, set by $Policy" }
        return @{ granted = $true; via = $via }
    }
    if ($unknown) { throw "the groups of $Account are not known: $($Token.unknown); $unknown" }
    return @{ granted = $false; via = $null }
}
