function Start-VdpService {
    <#
    .SYNOPSIS
    Starts one of the two services that carry PVS, on this server.
    .DESCRIPTION
    Only one that is meant to run and did not end as asked: start mode auto, and an exit code that is not 0. An exit code of 0 says that the
    service ended because it was told to; who told it, and why, Windows does not keep. The start mode stays. Looked up under the act's lock.
    A service that runs by then is left as it is.
    .PARAMETER Name
    The service.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act, for its receipt.
    .EXAMPLE
    Start-VdpService -Name soapserver -Fence 12 -Effect 8k2/3
    .OUTPUTS
    Hashtable: before, after (as Get-VdpServerState). Errors: refused (absent, not started by itself, ended as asked), native (it does not
    come up), fenced, busy.
    .NOTES
    Source: pvs.md 6.1; Win32_Service (StartMode, ExitCode).
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [ValidateSet('StreamService', 'soapserver')] [string] $Name,
        [Parameter(Mandatory)] [ValidateRange(1, [long]::MaxValue)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Check {
        $service = Get-VdpService -Name $Name
        if ($service.startMode -ne 'auto') {
            throw (New-VdpFailure -Kind refused -Message "$Name is not started by Windows itself" -Details "$($service.startMode)")
        }
        if ($service.state -eq 'stopped' -and $service.exitCode -eq 0) {
            throw (New-VdpFailure -Kind refused -Message "$Name ended as it was asked to: somebody may have had a reason")
        }
    } -Before {
        Get-VdpServerState
    } -Act {
        Set-VdpServiceState -Name $Name -State running -TimeoutSeconds 120
    } -After {
        Get-VdpServerState
    }
}
