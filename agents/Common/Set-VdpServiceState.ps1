function Set-VdpServiceState {
    <#
    .SYNOPSIS
    Surface, writes: starts or stops a service and waits until it is so.
    .DESCRIPTION
    The start type stays. A service that another process triggers again while it stops is stopped again, until the limit passes.
    .PARAMETER Name
    The service.
    .PARAMETER State
    running or stopped.
    .PARAMETER TimeoutSeconds
    The limit.
    .EXAMPLE
    Set-VdpServiceState -Name sppsvc -State stopped -TimeoutSeconds 60
    .OUTPUTS
    Nothing. Error: native, when the limit passed.
    .NOTES
    kms.md 6: stopping can fail while another process triggers the service; details unproven.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] [ValidateSet('running', 'stopped')] [string] $State,
        [ValidateRange(1, 600)] [int] $TimeoutSeconds = 60
    )

    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $trouble = ''
    do {
        $seen = (Get-VdpService -Name $Name).state
        if ($seen -eq $State) { return }
        try {
            if ($State -eq 'stopped' -and $seen -eq 'running') { Stop-Service -Name $Name -Force -NoWait -ErrorAction Stop }
            if ($State -eq 'running' -and $seen -eq 'stopped') { Start-Service -Name $Name -ErrorAction Stop }
        } catch {
            $trouble = "$($_.Exception.Message)"
        }
        Start-Sleep -Milliseconds 250
    } while ($clock.Elapsed.TotalSeconds -lt $TimeoutSeconds)
    if ((Get-VdpService -Name $Name).state -eq $State) { return }
    throw (New-VdpFailure -Kind native -Message "service $Name is not $State after $TimeoutSeconds s" -Details $trouble)
}
