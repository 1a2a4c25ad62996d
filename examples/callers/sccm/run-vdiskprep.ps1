# A step "Run PowerShell Script" of a task sequence: parameters -File and -Key, success codes 0 and 3.
# What came of it stands in task sequence variables, so that later steps may have conditions.
param([Parameter(Mandatory)] [string] $File, [Parameter(Mandatory)] [string] $Key)

$lines = @(vdiskprep run $File --key $Key --timeout 4h --non-interactive --json)
$code = $LASTEXITCODE
$last = if ($lines.Count -gt 0) { $lines[-1] | ConvertFrom-Json }
$told = foreach ($run in $last.runs) { '{0}: {1}' -f $run.title, $(if ($run.outcome) { $run.outcome } else { $run.state }) }
$told

try {
    $sequence = New-Object -ComObject Microsoft.SMS.TSEnvironment -ErrorAction Stop
    $sequence.Value('VdiskprepExit') = [string] $code
    $sequence.Value('VdiskprepTold') = $told -join '; '
} catch {
    Write-Verbose 'No task sequence is running: nothing is kept in its variables.'
}
exit $code
