function Set-VdpDiskServer {
    <#
    .SYNOPSIS
    Pins a vDisk to one server, or lets every server of its store serve it again.
    .DESCRIPTION
    PVS shows a pinned locator by the name of its server, and one that is not by an empty name.
    .PARAMETER Guid
    The disk locator.
    .PARAMETER ServerName
    The server; empty for all.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act, for its receipt.
    .EXAMPLE
    Set-VdpDiskServer -Guid $guid -ServerName PVS01 -Fence 12 -Effect 8k2/7
    .OUTPUTS
    Hashtable: before, after (as Get-VdpDiskState). Errors: fenced, busy, and those of Invoke-VdpPvs.
    .NOTES
    Source: PvsDiskLocator.ServerName and ServerId; that the all-zero id, its default, takes the server away is inferred: after tells.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [guid] $Guid,
        [Parameter(Mandatory)] [AllowNull()] [AllowEmptyString()] [string] $ServerName,
        [Parameter(Mandatory)] [ValidateRange(1, [long]::MaxValue)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Before {
        Get-VdpDiskState -Guid $Guid
    } -Act {
        $locator = Get-VdpPvsOne -Code 44 -Call { Get-PvsDiskLocator -DiskLocatorId $Guid }
        if ($ServerName) { $locator.ServerName = $ServerName } else { $locator.ServerId = [guid]::Empty }
        $null = Invoke-VdpPvs { Set-PvsDiskLocator -DiskLocator $locator }
    } -After {
        Get-VdpDiskState -Guid $Guid
    }
}
