function New-VdpAdminFolder {
    <#
    .SYNOPSIS
    Surface, writes: makes a folder that only administrators and the system may enter.
    .DESCRIPTION
    Everybody may make folders under ProgramData, so one that is there already is taken over: owner, then rights. A link is
    refused. The accounts are named by SID: their names are localised.
    .PARAMETER Path
    Full path.
    .EXAMPLE
    New-VdpAdminFolder -Path "$env:ProgramData\vdiskprep"
    .OUTPUTS
    Nothing. Errors: refused (a link stands there), native (icacls failed).
    .NOTES
    icacls: Windows command reference; well-known SIDs S-1-5-32-544 and S-1-5-18.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Path)

    $folder = New-Item -ItemType Directory -Path $Path -Force -ErrorAction Stop
    if ($folder.Attributes -band [System.IO.FileAttributes]::ReparsePoint) {
        throw (New-VdpFailure -Kind refused -Message "$Path is a link: receipts are not kept behind it")
    }
    $rights = '*S-1-5-32-544:(OI)(CI)F', '*S-1-5-18:(OI)(CI)F'
    $steps = ('/setowner', '*S-1-5-32-544'), (, '/reset'), (@('/inheritance:r', '/grant:r') + $rights)
    foreach ($step in $steps) {
        $end = Invoke-VdpNative -Program "$env:SystemRoot\System32\icacls.exe" -Arguments (@($Path) + $step) -TimeoutSeconds 30
        if ($end.exitCode -ne 0) { throw (New-VdpFailure -Kind native -Message "icacls failed on $Path" -Details $end.output) }
    }
}
