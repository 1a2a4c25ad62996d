function Get-VdpWindowsLicense {
    <#
    .SYNOPSIS
    How Windows is licensed.
    .DESCRIPTION
    The part windowsLicense. Whatever the service refuses (0xC004D302 after a rearm) is unreadable with its code, and the rest
    still told.
    .EXAMPLE
    (Get-VdpWindowsLicense).rearmsLeft
    .OUTPUTS
    Hashtable: query (answers, or code and message), cmid, rearmsLeft, skipRearm, products, kms (machine, port, lookupDomain,
    discovered, setByPolicy, activationType, isHost).
    .NOTES
    kms.md 3.1: ClientMachineID, RemainingWindowsReArmCount, KeyManagementServiceMachine, KeyManagementServicePort,
    IsKeyManagementServiceMachine; 3.2: VLActivationTypeEnabled, KeyManagementServiceLookupDomain,
    DiscoveredKeyManagementServiceMachineName; 3.3: SkipRearm. The policy key that setByPolicy looks at is unproven.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $query = @{ answers = $true }
    $instances = @()
    try {
        $instances = @(Get-VdpWindowsProduct)
        $products = @($instances | ForEach-Object { ConvertTo-VdpProduct -Product $_ })
    } catch {
        $code = ConvertTo-VdpHResult -ErrorRecord $_
        $query = @{ answers = $false; code = $code; message = "$($_.Exception.Message)" }
        $products = @{ unknown = "$code $($_.Exception.Message)".Trim() }
    }
    $service = Get-VdpReading { @(Get-VdpCim -Class SoftwareLicensingService)[0] }
    $unread = if ($service -is [hashtable]) { $service } else { $null }
    return @{
        query = $query
        cmid = if ($unread) { $unread } elseif ($service.ClientMachineID) { [string] $service.ClientMachineID } else { $null }
        rearmsLeft = if ($unread) { $unread } else { Get-VdpReading {
            if ($null -eq $service.RemainingWindowsReArmCount) { throw 'the licensing service tells no rearm count' }
            [long] $service.RemainingWindowsReArmCount
        } }
        skipRearm = Get-VdpSkipRearm
        products = $products
        kms = if ($unread) { $unread } else { Get-VdpReading { Get-VdpKmsSetting -Service $service -Product $instances } }
    }
}
