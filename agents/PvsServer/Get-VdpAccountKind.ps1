function Get-VdpAccountKind {
    <#
    .SYNOPSIS
    What kind of account a service logs on with.
    .DESCRIPTION
    Built-in and virtual service accounts by their SID, managed ones by the dollar sign at their end, local ones by this computer's name.
    .PARAMETER Account
    The logon account of a service.
    .PARAMETER Sid
    Its SID, empty when it could not be found.
    .EXAMPLE
    Get-VdpAccountKind -Account 'CONTOSO\pvs$' -Sid 'S-1-5-21-1-2-3-1104'
    .OUTPUTS
    String: built-in, local, domain, group-managed, unknown.
    .NOTES
    Well-known SIDs: S-1-5-18 to 20, and S-1-5-80- of virtual accounts. Source: pvs.md 6.1, 7.2.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [string] $Account,
        [Parameter(Mandatory)] [AllowEmptyString()] [string] $Sid
    )

    if ($Sid -match '^S-1-5-(18|19|20|80-.*)$') { return 'built-in' }
    if ($Account.EndsWith('$')) { return 'group-managed' }
    if ($Account -match '^([^\\]+)\\.') {
        if ($Matches[1] -eq '.' -or $Matches[1] -eq (Get-VdpComputerName)) { return 'local' }
        return 'domain'
    }
    if ($Account -match '.@.') { return 'domain' }
    return 'unknown'
}
