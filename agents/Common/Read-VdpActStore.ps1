function Read-VdpActStore {
    <#
    .SYNOPSIS
    Reads the fences and receipts that this host keeps.
    .DESCRIPTION
    fences maps a run to the highest fence accepted from it; receipts are in the order in which they began. Call it under the
    store lock when something will be written.
    .EXAMPLE
    (Read-VdpActStore).receipts.Count
    .OUTPUTS
    Hashtable: fences (hashtable), receipts (list of hashtables).
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $text = Get-VdpActText
    if (-not $text) { return @{ fences = @{}; receipts = @() } }
    $store = ConvertTo-VdpHashtable -Value (ConvertFrom-Json -InputObject $text)
    $store.receipts = @($store.receipts)
    return $store
}
