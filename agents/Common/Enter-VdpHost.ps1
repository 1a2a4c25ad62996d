function Enter-VdpHost {
    <#
    .SYNOPSIS
    Begins a session on this host: remembers whom it serves, makes the boot identity, accepts the fence.
    .DESCRIPTION
    The session calls it once, before any operation. The fence is stored under the store lock alone, so an act under way does not
    delay it; from then on nothing begins under an older fence of the same run. Fence 0 (a caller that only reads) is not stored.
    Where the store is a file, its folder is made or taken over first, unless the caller only reads. On a PVS server
    Get-VdpFarmAccess (agents/PvsServer) tells whether the farm answers this account.
    .PARAMETER Role
    target, pvs or kms.
    .PARAMETER Run
    The run; fences are counted per run.
    .PARAMETER Owner
    Who drives the run; for the log alone.
    .PARAMETER Fence
    The highest fence this session may use.
    .EXAMPLE
    Enter-VdpHost -Role target -Run 8k2 -Owner o1 -Fence 7
    .OUTPUTS
    Hashtable: boot (GUID), fence, lab (null), and of a PVS server farm (answers, soapRuns). Error: fenced, when a higher fence
    stands.
    .NOTES
    Volatile keys: documentation of RegCreateKeyEx, REG_OPTION_VOLATILE. That the key survives a fast startup is inferred;
    LastBootUpTime is compared beside it.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [ValidateSet('target', 'pvs', 'kms')] [string] $Role,
        [Parameter(Mandatory)] [string] $Run,
        [Parameter(Mandatory)] [string] $Owner,
        [Parameter(Mandatory)] [ValidateRange(0, [long]::MaxValue)] [long] $Fence
    )

    Write-Verbose "session of $Owner for run $Run"
    $script:VdpHere = @{ Role = $Role; Run = $Run; Boot = '' }
    if ($Role -eq 'pvs' -and $Fence -gt 0) { New-VdpAdminFolder -Path "$env:ProgramData\vdiskprep" }
    Use-VdpLock -LockName (Get-VdpLockName -For store) -LockWaitMs 15000 -LockBody {
        $script:VdpHere.Boot = Get-VdpBootGuid
        $store = Read-VdpActStore
        $accepted = [long] $store.fences[$Run]
        if ($Fence -lt $accepted) { throw (New-VdpFailure -Kind fenced -Message "fence $Fence is older than $accepted") }
        if ($Fence -gt $accepted) {
            $store.fences[$Run] = $Fence
            Write-VdpActStore -Store $store
        }
    }
    $entered = @{ boot = $script:VdpHere.Boot; fence = $Fence; lab = $null }
    if ($Role -eq 'pvs') { $entered.farm = Get-VdpFarmAccess }
    return $entered
}
