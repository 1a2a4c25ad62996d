function Write-VdpActStore {
    <#
    .SYNOPSIS
    Writes the fences and receipts of this host.
    .DESCRIPTION
    Keeps the last 100 receipts; of older ones only those without an end. Call it under the store lock.
    .PARAMETER Store
    What Read-VdpActStore returned, changed.
    .EXAMPLE
    Write-VdpActStore -Store $store
    .OUTPUTS
    Nothing.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [hashtable] $Store)

    $receipts = @($Store.receipts)
    $old = [Math]::Max(0, $receipts.Count - 100)
    $kept = @(for ($n = 0; $n -lt $receipts.Count; $n++) {
        if ($n -ge $old -or $null -eq $receipts[$n].ended) { $receipts[$n] }
    })
    Set-VdpActText -Text (ConvertTo-Json -InputObject @{ fences = $Store.fences; receipts = $kept } -Depth 5 -Compress)
}
