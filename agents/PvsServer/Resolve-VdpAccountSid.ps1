function Resolve-VdpAccountSid {
    <#
    .SYNOPSIS
    Surface: the SID of an account name.
    .DESCRIPTION
    The three built-in service accounts are known by their constant names: looking them up fails or depends on the language. A leading .\
    means this computer. Any other name is asked of Windows (local, domain, virtual and managed accounts alike).
    .PARAMETER Account
    The name, as the logon account of a service is written.
    .EXAMPLE
    Resolve-VdpAccountSid -Account 'CONTOSO\svc-pvs'
    .OUTPUTS
    String. Error: internal, with the message of Windows.
    .NOTES
    Source: LookupAccountName; documentation of the built-in service accounts; pvs.md 7.2. The look-up is not executed on Windows.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Account)

    switch -Regex ($Account) {
        '^(\.\\|NT AUTHORITY\\)?(LocalSystem|SYSTEM)$' { return 'S-1-5-18' }
        '^(\.\\|NT AUTHORITY\\)?LOCAL ?SERVICE$' { return 'S-1-5-19' }
        '^(\.\\|NT AUTHORITY\\)?NETWORK ?SERVICE$' { return 'S-1-5-20' }
    }
    $asked = $Account
    if ($asked.StartsWith('.\')) { $asked = "$(Get-VdpComputerName)\$($asked.Substring(2))" }
    Add-VdpRightsType
    return [Vdp.Rights]::SidOf($asked)
}
