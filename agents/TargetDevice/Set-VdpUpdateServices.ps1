function Set-VdpUpdateServices {
    <#
    .SYNOPSIS
    Stops or starts the update services for the no-reboot window.
    .DESCRIPTION
    Start types stay as they are. A service that is not there is left out of the act, and told as absent.
    .PARAMETER Services
    Short names.
    .PARAMETER State
    stopped or running.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act.
    .EXAMPLE
    Set-VdpUpdateServices -Services wuauserv, UsoSvc -State stopped -Fence 7 -Effect e1
    .OUTPUTS
    Hashtable: before, after (name, state). Errors: native (a service does not follow), those of Invoke-VdpWrite.
    .NOTES
    Which services the caller names: Get-VdpUpdates.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [AllowEmptyCollection()] [string[]] $Services,
        [Parameter(Mandatory)] [ValidateSet('stopped', 'running')] [string] $State,
        [Parameter(Mandatory)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    $states = { , @($Services | ForEach-Object { @{ name = $_; state = (Get-VdpService -Name $_).state } }) }
    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Before $states -Act {
        foreach ($name in $Services) {
            if ((Get-VdpService -Name $name).state -ne 'absent') { Set-VdpServiceState -Name $name -State $State -TimeoutSeconds 30 }
        }
    } -After $states
}
