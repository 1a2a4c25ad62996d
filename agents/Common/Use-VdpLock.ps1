function Use-VdpLock {
    <#
    .SYNOPSIS
    Runs a block while this process holds a machine-wide lock.
    .DESCRIPTION
    A named mutex: it is free again when its holder ends, however it ends (an abandoned one is taken over; the receipts tell what
    was left undone). The block sees the variables of the function that calls. Returns what the block returns.
    .PARAMETER LockName
    The name of the mutex.
    .PARAMETER LockWaitMs
    Milliseconds to wait for it.
    .PARAMETER LockBody
    What runs under the lock.
    .EXAMPLE
    Use-VdpLock -LockName (Get-VdpLockName -For store) -LockWaitMs 5000 -LockBody { Read-VdpActStore }
    .OUTPUTS
    The output of LockBody. Error: busy, when the lock was not free within LockWaitMs.
    .NOTES
    Source: .NET documentation of System.Threading.Mutex (abandoned mutexes, the prefix Global\).
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $LockName,
        [Parameter(Mandatory)] [int] $LockWaitMs,
        [Parameter(Mandatory)] [scriptblock] $LockBody
    )

    $vdpMutex = New-Object System.Threading.Mutex($false, $LockName)
    try {
        try { $vdpHeld = $vdpMutex.WaitOne($LockWaitMs) } catch [System.Threading.AbandonedMutexException] { $vdpHeld = $true }
        if (-not $vdpHeld) {
            throw (New-VdpFailure -Kind busy -Message "another act is under way on this host and did not end within $LockWaitMs ms")
        }
        try { & $LockBody } finally { $vdpMutex.ReleaseMutex() }
    } finally {
        $vdpMutex.Dispose()
    }
}
