function Invoke-VdpNative {
    <#
    .SYNOPSIS
    Surface, writes: runs a program to its end, or to its time limit, and tells how it ended and what it printed.
    .DESCRIPTION
    The program gets a closed stdin (it must not eat the session's requests) and outputs of its own; both are read as they come,
    so neither can block it. When the limit passes, the program and all its children are killed. A child that outlives its parent
    may keep the outputs open: they are read for two seconds more. At most 64 KiB are kept. An exit code other than 0 is a fact,
    not a failure: several of the programs exit with 0 whatever happens.
    .PARAMETER Program
    Full path.
    .PARAMETER Arguments
    The arguments, each as the program shall see it.
    .PARAMETER TimeoutSeconds
    The limit.
    .PARAMETER Environment
    Variables that the program gets besides those of this process.
    .PARAMETER Utf8
    The program prints UTF-8 instead of the code page of the console.
    .EXAMPLE
    Invoke-VdpNative -Program "$env:SystemRoot\System32\cscript.exe" -Arguments '//nologo', $script -TimeoutSeconds 120
    .OUTPUTS
    Hashtable: exitCode (null when it was killed), output, timedOut. Error: native, when the program could not be started.
    .NOTES
    kms.md 5.3 (windows that block ospp.vbs, exit code 0). That a handle of the session itself, inherited by a program that stays,
    keeps an SSH channel open is reported for OpenSSH on Windows; it is unproven here.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Program,
        [string[]] $Arguments = @(),
        [Parameter(Mandatory)] [ValidateRange(1, 86400)] [int] $TimeoutSeconds,
        [hashtable] $Environment = @{},
        [switch] $Utf8
    )

    $start = New-Object System.Diagnostics.ProcessStartInfo
    $start.FileName = $Program
    $start.Arguments = @($Arguments | ForEach-Object { ConvertTo-VdpArgument -Value $_ }) -join ' '
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    if ($Utf8) { $start.StandardOutputEncoding = $start.StandardErrorEncoding = New-Object System.Text.UTF8Encoding($false) }
    foreach ($name in $Environment.Keys) { $start.EnvironmentVariables[$name] = $Environment[$name] }
    try {
        $process = [System.Diagnostics.Process]::Start($start)
    } catch {
        throw (New-VdpFailure -Kind native -Message "$Program could not be started: $($_.Exception.GetBaseException().Message)")
    }
    try {
        $process.StandardInput.Close()
        return Receive-VdpOutput -Process $process -TimeoutSeconds $TimeoutSeconds
    } finally {
        Stop-VdpProcessTree -Process $process
        $process.Dispose()
    }
}
