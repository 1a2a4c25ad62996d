function Invoke-VdpWrite {
    <#
    .SYNOPSIS
    The only way in which an agent changes its host: one at a time, under a fence, with a receipt.
    .DESCRIPTION
    Takes the machine-wide lock (waits LockWaitMs at most, else busy) and holds it to the end. Then, in this order: Check, Before;
    the fence is compared and the receipt stored in one step (fenced: nothing was begun); Act; After; the receipt is completed.
    The blocks see the variables of the function that calls, which therefore must not use the names of these parameters for its
    own. Act is given what Before returned, After what Act returned. Each block throws to fail; a failing Act or After ends the
    receipt with its message. A process killed in Act leaves a receipt without end. Returns a hashtable: what Act returned (a
    hashtable of facts, or nothing), and before and after where those blocks are given. Its scalars are the receipt's result.
    .PARAMETER Fence
    The fence of the request; refused when the run's stored fence is higher.
    .PARAMETER Effect
    The name of the act, by which its receipt is found again.
    .PARAMETER Check
    Looks before anything is begun, and throws a refusal. What it returns is dropped.
    .PARAMETER Before
    Reads what stands before the act.
    .PARAMETER Act
    The change, and nothing but the change.
    .PARAMETER After
    Reads again.
    .PARAMETER TaskName
    The scheduled task in which the act goes on without this process: the receipt counts as alive while that task runs.
    .PARAMETER LockWaitMs
    Milliseconds to wait for another act to end.
    .EXAMPLE
    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Before { Get-VdpSkipRearm } -Act { Remove-VdpRegistryValue @value } -After { Get-VdpSkipRearm }
    .OUTPUTS
    Hashtable. Errors: busy (another act holds the lock), fenced (a newer owner is at work), and whatever the blocks throw.
    .NOTES
    The receipt's shape is src/wire/receipt.ts. The operation it names is the calling function.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [ValidateRange(1, [long]::MaxValue)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect,
        [scriptblock] $Check,
        [scriptblock] $Before,
        [Parameter(Mandatory)] [scriptblock] $Act,
        [scriptblock] $After,
        [string] $TaskName = '',
        [ValidateRange(0, 600000)] [int] $LockWaitMs = 30000
    )

    $ErrorActionPreference = 'Stop'
    $vdpWrite = @{ Op = (Get-PSCallStack)[1].Command; Facts = @{} }
    Use-VdpLock -LockName (Get-VdpLockName -For act) -LockWaitMs $LockWaitMs -LockBody {
        if ($Check) { $null = & $Check }
        $vdpWrite.Before = if ($Before) { & $Before }
        $vdpWrite.Id = Start-VdpReceipt -Op $vdpWrite.Op -Fence $Fence -Effect $Effect -Task $TaskName
        try {
            $vdpWrite.Done = & $Act $vdpWrite.Before
            if ($vdpWrite.Done -is [hashtable]) { $vdpWrite.Facts = $vdpWrite.Done.Clone() }
            elseif ($null -ne $vdpWrite.Done) { throw "the act of $($vdpWrite.Op) returned something else than one hashtable" }
            if ($Before) { $vdpWrite.Facts.before = $vdpWrite.Before }
            if ($After) { $vdpWrite.Facts.after = & $After $vdpWrite.Done }
        } catch {
            Complete-VdpReceipt -Id $vdpWrite.Id -Failure "$($_.Exception.Message)"
            throw
        }
        Complete-VdpReceipt -Id $vdpWrite.Id -Facts $vdpWrite.Facts
    }
    return $vdpWrite.Facts
}
