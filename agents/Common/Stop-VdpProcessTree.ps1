function Stop-VdpProcessTree {
    <#
    .SYNOPSIS
    Kills a process and its children, if it still runs.
    .DESCRIPTION
    Windows PowerShell 5.1 cannot kill a tree by itself, so taskkill does; PowerShell 7 can.
    .PARAMETER Process
    The process.
    .EXAMPLE
    Stop-VdpProcessTree -Process $process
    .OUTPUTS
    Nothing.
    .NOTES
    taskkill /T /F: Windows command reference.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [System.Diagnostics.Process] $Process)

    if ($Process.HasExited) { return }
    if ($PSVersionTable.PSVersion.Major -ge 7) {
        $Process.Kill($true)
    } else {
        $null = & "$env:SystemRoot\System32\taskkill.exe" /PID $Process.Id /T /F 2>&1
    }
    $null = $Process.WaitForExit(5000)
}
