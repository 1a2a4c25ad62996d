function Receive-VdpOutput {
    <#
    .SYNOPSIS
    Reads both outputs of a running program until it ends or its limit passes.
    .DESCRIPTION
    The part of Invoke-VdpNative that waits. Whoever calls kills what still runs.
    .PARAMETER Process
    The started process, outputs redirected.
    .PARAMETER TimeoutSeconds
    The limit, from now.
    .EXAMPLE
    Receive-VdpOutput -Process $process -TimeoutSeconds 60
    .OUTPUTS
    Hashtable: exitCode, output, timedOut.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [System.Diagnostics.Process] $Process,
        [Parameter(Mandatory)] [int] $TimeoutSeconds
    )

    $most = 65536
    $said = New-Object System.Text.StringBuilder
    $lanes = @(foreach ($reader in $Process.StandardOutput, $Process.StandardError) {
        $buffer = New-Object char[] 4096
        @{ Reader = $reader; Buffer = $buffer; Task = $reader.ReadAsync($buffer, 0, $buffer.Length) }
    })
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $limit = $TimeoutSeconds * 1000L
    $exitSeen = $false
    while ($lanes.Count -gt 0 -and $clock.ElapsedMilliseconds -lt $limit) {
        if (-not $exitSeen -and $Process.HasExited) {
            $exitSeen = $true
            $limit = [Math]::Min($limit, $clock.ElapsedMilliseconds + 2000)
        }
        $tasks = [System.Threading.Tasks.Task[]] @($lanes | ForEach-Object { $_.Task })
        $done = [System.Threading.Tasks.Task]::WaitAny($tasks, 100)
        if ($done -lt 0) { continue }
        $lane = $lanes[$done]
        $count = $lane.Task.Result
        if ($count -eq 0) {
            $lanes = @($lanes | Where-Object { $_ -ne $lane })
            continue
        }
        if ($said.Length -lt $most) { $null = $said.Append($lane.Buffer, 0, [Math]::Min($count, $most - $said.Length)) }
        $lane.Task = $lane.Reader.ReadAsync($lane.Buffer, 0, $lane.Buffer.Length)
    }
    $left = [Math]::Max(0, $TimeoutSeconds * 1000L - $clock.ElapsedMilliseconds)
    $timedOut = -not ($Process.HasExited -or $Process.WaitForExit([int] $left))
    $exitCode = if ($timedOut) { $null } else { $Process.ExitCode }
    return @{ exitCode = $exitCode; output = $said.ToString(); timedOut = $timedOut }
}
