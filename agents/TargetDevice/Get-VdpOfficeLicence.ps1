function Get-VdpOfficeLicence {
    <#
    .SYNOPSIS
    The licences of Office, of one service or of both.
    .DESCRIPTION
    A service that refuses makes all of it unreadable, with its code.
    .PARAMETER Services
    The services; none when there is no Office.
    .EXAMPLE
    Get-VdpOfficeLicence -Services sppsvc
    .OUTPUTS
    Hashtable: query, products, rearmsLeft.
    .NOTES
    kms.md 3.2.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $Services)

    try {
        $instances = @($Services | ForEach-Object { Get-VdpOfficeProduct -Service $_ } | Where-Object { $null -ne $_ })
        $products = @($instances | ForEach-Object { ConvertTo-VdpProduct -Product $_ })
    } catch {
        $code = ConvertTo-VdpHResult -ErrorRecord $_
        $query = @{ answers = $false; code = $code; message = "$($_.Exception.Message)" }
        $unread = @{ unknown = "$code $($_.Exception.Message)".Trim() }
        return @{ query = $query; products = $unread; rearmsLeft = $unread }
    }
    $counts = @($instances | ForEach-Object { Get-VdpProperty -Of $_ -Name RemainingAppReArmCount } | Where-Object { $null -ne $_ })
    $least = $counts | Sort-Object | Select-Object -First 1
    return @{ query = @{ answers = $true }; products = $products; rearmsLeft = if ($null -eq $least) { $null } else { [long] $least } }
}
