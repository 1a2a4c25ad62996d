function Get-VdpProcessToken {
    <#
    .SYNOPSIS
    Surface: the account, groups and privileges of a running process, as its token has them.
    .DESCRIPTION
    The effective truth: groups are complete, nested ones and those of this computer included, as of the process' logon. Reading the token
    of another account needs the debug right, which administrators hold; it is given back afterwards.
    .PARAMETER ProcessId
    The process.
    .EXAMPLE
    (Get-VdpProcessToken -ProcessId 1234).privileges -contains 'SeManageVolumePrivilege'
    .OUTPUTS
    Hashtable: user (SID), groups (SIDs), privileges (names, enabled or not). Error: internal, with the message of Windows.
    .NOTES
    Source: pvs.md 7.3. Not executed on Windows.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [ValidateRange(1, [int]::MaxValue)] [int] $ProcessId)

    Add-VdpRightsType
    [System.Diagnostics.Process]::EnterDebugMode()
    try {
        $token = [Vdp.Rights]::TokenOf([uint32] $ProcessId)
    } finally {
        [System.Diagnostics.Process]::LeaveDebugMode()
    }
    return @{ user = $token.User; groups = @($token.Groups); privileges = @($token.Privileges) }
}
