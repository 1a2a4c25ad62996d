function Get-VdpSidName {
    <#
    .SYNOPSIS
    Surface: the name of a SID in the language of this Windows, for people.
    .DESCRIPTION
    Nothing is decided by it. A SID that has no name, such as that of a deleted account, gives nothing.
    .PARAMETER Sid
    The SID.
    .EXAMPLE
    Get-VdpSidName -Sid S-1-5-32-544
    .OUTPUTS
    String, empty when there is none.
    .NOTES
    Source: LookupAccountSid. Not executed on Windows.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Sid)

    Add-VdpRightsType
    try {
        return [Vdp.Rights]::NameOf($Sid)
    } catch {
        return ''
    }
}
