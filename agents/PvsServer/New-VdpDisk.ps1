function New-VdpDisk {
    <#
    .SYNOPSIS
    Creates an empty vDisk file and its locator.
    .DESCRIPTION
    PVS creates in the background: the act waits until the locator is there, at most as long as the request may take, and then tells what
    stands. A vDisk of that name that exists already is an error of PVS (89, 90), never taken over.
    .PARAMETER Site
    The site.
    .PARAMETER Store
    The store.
    .PARAMETER Name
    The name of the vDisk.
    .PARAMETER SizeMiB
    The size; of a dynamic file the most it may grow to.
    .PARAMETER Vhdx
    VHDX, else VHD.
    .PARAMETER Dynamic
    The file grows as it is filled, else all of it is written now.
    .PARAMETER ServerName
    The only server that shall serve it; empty for all of the store.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act, for its receipt.
    .PARAMETER DeadlineMs
    How long the request may take.
    .EXAMPLE
    New-VdpDisk -Site Main -Store VHD -Name W11 -SizeMiB 65536 -Vhdx $true -Dynamic $true -ServerName $null -Fence 3 -Effect 8k2/1
    .OUTPUTS
    Hashtable: taskId (null: creating is followed here), after (as Get-VdpDiskState). Errors: fenced, busy, and those of Invoke-VdpPvs.
    .NOTES
    Source: Start-PvsCreateDisk, Get-PvsCreateDiskStatus; pvs.md 4.1.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Site,
        [Parameter(Mandatory)] [string] $Store,
        [Parameter(Mandatory)] [ValidateLength(1, 52)] [string] $Name,
        [Parameter(Mandatory)] [ValidateRange(1, 67108864)] [long] $SizeMiB,
        [Parameter(Mandatory)] [bool] $Vhdx,
        [Parameter(Mandatory)] [bool] $Dynamic,
        [Parameter(Mandatory)] [AllowNull()] [AllowEmptyString()] [string] $ServerName,
        [Parameter(Mandatory)] [ValidateRange(1, [long]::MaxValue)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect,
        [Parameter(Mandatory)] [ValidateRange(1, [int]::MaxValue)] [int] $DeadlineMs
    )

    $wish = @{ Name = $Name; Size = [uint64] $SizeMiB; StoreName = $Store; SiteName = $Site; VHDX = $Vhdx; Dynamic = $Dynamic }
    if ($ServerName) { $wish.ServerName = $ServerName }
    $end = (Get-Date).AddMilliseconds($DeadlineMs * 0.9)
    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Act {
        $made = Invoke-VdpPvs { Start-PvsCreateDisk @wish }
        while ((Test-VdpCreating -Status $made) -and (Get-Date) -lt $end) {
            Start-Sleep -Seconds 5
            $made = Invoke-VdpPvs { Get-PvsCreateDiskStatus -Name $wish.Name -StoreName $wish.StoreName }
        }
        @{ taskId = $null }
    } -After {
        Get-VdpDiskState -Site $wish.SiteName -Store $wish.StoreName -Name $wish.Name
    }
}
