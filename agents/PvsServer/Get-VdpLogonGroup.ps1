function Get-VdpLogonGroup {
    <#
    .SYNOPSIS
    Surface: the groups that an account of a domain would have if it logged on here.
    .DESCRIPTION
    Asks the domain for an identity without a password (service for user): nested groups and those of this computer are included. Works for
    users and managed accounts of a domain that this computer belongs to, not for local accounts.
    .PARAMETER Account
    DOMAIN\name or name@domain.
    .EXAMPLE
    Get-VdpLogonGroup -Account 'CONTOSO\svc-pvs'
    .OUTPUTS
    Strings: SIDs. Error: internal, with the message of Windows.
    .NOTES
    Source: documentation of the WindowsIdentity constructor that takes a user principal name. Not executed on Windows.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Account)

    $upn = $Account
    if ($Account -match '^([^\\]+)\\(.+)$') { $upn = "$($Matches[2])@$($Matches[1])" }
    $identity = New-Object System.Security.Principal.WindowsIdentity($upn)
    try {
        foreach ($group in $identity.Groups) { "$($group.Value)" }
    } finally {
        $identity.Dispose()
    }
}
