function Get-VdpActReport {
    <#
    .SYNOPSIS
    The receipts this host holds, and the highest fence it has accepted from this run.
    .DESCRIPTION
    Every state operation returns it as act. alive says whether the process that began an act still runs in this boot (the same
    process, not another that got its number), or the scheduled task that does it.
    .EXAMPLE
    (Get-VdpActReport).receipts[-1].ended
    .OUTPUTS
    Hashtable: fence, receipts (effect, op, fence, pid, started, ended, alive, error, result).
    .NOTES
    The shape is actReport in src/wire/receipt.ts.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $store = Use-VdpLock -LockName (Get-VdpLockName -For store) -LockWaitMs 15000 -LockBody { Read-VdpActStore }
    $receipts = @(foreach ($one in $store.receipts) {
        $alive = $false
        if ($one.boot -eq $script:VdpHere.Boot) {
            $process = Get-Process -Id $one.pid -ErrorAction SilentlyContinue
            $alive = $null -ne $process -and [Math]::Abs(($process.StartTime - [datetime] $one.begun).TotalSeconds) -lt 2
            if (-not $alive -and $one.task) { $alive = (Get-VdpTaskState -Name $one.task).running }
        }
        @{
            effect = $one.effect
            op = $one.op
            fence = $one.fence
            pid = $one.pid
            started = $one.started
            ended = $one.ended
            alive = $alive
            error = $one.error
            result = $one.result
        }
    })
    return @{ fence = [long] $store.fences[$script:VdpHere.Run]; receipts = $receipts }
}
