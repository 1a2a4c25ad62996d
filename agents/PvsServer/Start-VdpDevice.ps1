function Start-VdpDevice {
    <#
    .SYNOPSIS
    Asks PVS to start one device.
    .DESCRIPTION
    The task tells that the device took the command, not that it is up.
    What this does without a virtual hosting pool or Wake-on-LAN is unproven.
    .PARAMETER DeviceId
    The device; one.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act, for its receipt.
    .EXAMPLE
    Start-VdpDevice -DeviceId $id -Fence 12 -Effect 8k2/28
    .OUTPUTS
    Hashtable: taskId, before (as Get-VdpDeviceState). Errors: fenced, busy, and those of Invoke-VdpPvs.
    .NOTES
    Source: Start-PvsDeviceBoot, which returns a PvsTask; pvs.md 4.3.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [guid] $DeviceId,
        [Parameter(Mandatory)] [ValidateRange(1, [long]::MaxValue)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Before {
        Get-VdpDeviceState -DeviceId $DeviceId
    } -Act {
        $task = Invoke-VdpPvs { Start-PvsDeviceBoot -DeviceId $DeviceId }
        @{ taskId = if ($null -eq $task) { $null } else { "$($task.TaskId)" } }
    }
}
