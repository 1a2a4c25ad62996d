function Get-VdpSeceditHolder {
    <#
    .SYNOPSIS
    The SIDs that hold a user right directly, from an export of the local security database.
    .DESCRIPTION
    For the case that the security authority does not answer. The export lies for a moment in a file under ProgramData that administrators
    alone may read. Its section and names are not localised; accounts are SIDs with an asterisk or, some, names. No line means that nobody
    holds it.
    .PARAMETER Right
    The constant, such as SeManageVolumePrivilege.
    .EXAMPLE
    Get-VdpSeceditHolder -Right SeManageVolumePrivilege
    .OUTPUTS
    Strings. Error: native, when secedit failed or wrote nothing.
    .NOTES
    Source: secedit /export, Windows command reference; pvs.md 7.3. Not executed on Windows.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [ValidatePattern('^\w+$')] [string] $Right)

    $file = "$env:ProgramData\vdiskprep\rights-$([guid]::NewGuid()).inf"
    try {
        $arguments = '/export', '/cfg', $file, '/areas', 'USER_RIGHTS', '/quiet'
        $end = Invoke-VdpNative -Program "$env:SystemRoot\System32\secedit.exe" -Arguments $arguments -TimeoutSeconds 30
        $text = Read-VdpText -Path $file
    } finally {
        Remove-VdpFile -Path $file
    }
    if (-not $text -or $text -notmatch '\[Privilege Rights\]') {
        throw (New-VdpFailure -Kind native -Message 'secedit exported no user rights' -ReturnCode $end.exitCode -Details $end.output)
    }
    if ($text -notmatch "(?m)^\s*$Right\s*=(.*)$") { return }
    foreach ($entry in $Matches[1].Trim() -split '\s*,\s*') {
        if (-not $entry) { continue }
        if ($entry.StartsWith('*')) { $entry.Substring(1) } else { Resolve-VdpAccountSid -Account $entry }
    }
}
