function Start-VdpReceipt {
    <#
    .SYNOPSIS
    Compares the fence and stores the receipt of an act that begins, in one step.
    .DESCRIPTION
    Either the receipt stands before a newer owner's fence does, and that owner finds it, or the fence stands first, and nothing
    begins.
    .PARAMETER Op
    The operation.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act.
    .PARAMETER Task
    The scheduled task that does it, or empty.
    .EXAMPLE
    $id = Start-VdpReceipt -Op Set-VdpWindowsKey -Fence 12 -Effect run1/3/1 -Task ''
    .OUTPUTS
    String: what Complete-VdpReceipt takes. Error: fenced.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [string] $Op,
        [Parameter(Mandatory)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect,
        [AllowEmptyString()] [string] $Task = ''
    )

    $id = [guid]::NewGuid().ToString()
    $run = $script:VdpHere.Run
    Use-VdpLock -LockName (Get-VdpLockName -For store) -LockWaitMs 15000 -LockBody {
        $store = Read-VdpActStore
        $accepted = [long] $store.fences[$run]
        if ($Fence -lt $accepted) {
            throw (New-VdpFailure -Kind fenced -Message "fence $Fence is older than $accepted")
        }
        $store.fences[$run] = $Fence
        $store.receipts = @($store.receipts) + @{
            id = $id
            effect = $Effect
            op = $Op
            fence = $Fence
            pid = $PID
            begun = ConvertTo-VdpTime -Value (Get-Process -Id $PID).StartTime
            boot = $script:VdpHere.Boot
            task = $Task
            started = ConvertTo-VdpTime -Value (Get-Date)
            ended = $null
            error = $null
            result = $null
        }
        Write-VdpActStore -Store $store
    }
    return $id
}
