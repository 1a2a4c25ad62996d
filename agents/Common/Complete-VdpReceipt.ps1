function Complete-VdpReceipt {
    <#
    .SYNOPSIS
    Stores the end of an act: its scalar facts, or why it failed.
    .DESCRIPTION
    Written under the store lock; the receipt keeps the first 1024 characters of any text.
    .PARAMETER Id
    What Start-VdpReceipt returned.
    .PARAMETER Facts
    The facts of the act's answer.
    .PARAMETER Failure
    The message of the failure; empty when there was none.
    .EXAMPLE
    Complete-VdpReceipt -Id $id -Facts @{ taskId = 'f7...' }
    .OUTPUTS
    Nothing.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Id,
        [hashtable] $Facts,
        [string] $Failure = ''
    )

    Use-VdpLock -LockName (Get-VdpLockName -For store) -LockWaitMs 15000 -LockBody {
        $store = Read-VdpActStore
        foreach ($receipt in @($store.receipts)) {
            if ($receipt.id -ne $Id) { continue }
            $receipt.ended = ConvertTo-VdpTime -Value (Get-Date)
            if ($Failure) { $receipt.error = $Failure } else { $receipt.result = ConvertTo-VdpScalar -Facts $Facts }
        }
        Write-VdpActStore -Store $store
    }
}
