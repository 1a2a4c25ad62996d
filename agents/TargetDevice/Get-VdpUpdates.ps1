function Get-VdpUpdates {
    <#
    .SYNOPSIS
    Everything that makes Windows want a reboot, and the services that could cause one.
    .DESCRIPTION
    The part updates.
    .EXAMPLE
    (Get-VdpUpdates).pendingReboot
    .OUTPUTS
    Hashtable: pendingReboot, installerRunning, staged, services (name, state, startMode; only those that are there).
    .NOTES
    Unproven: PackagesPending below Component Based Servicing, Installer\InProgress, TiWorker.exe; the reference names none of
    them.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $now = 'HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion'
    $services = @(foreach ($name in 'wuauserv', 'UsoSvc', 'TrustedInstaller') {
        $service = Get-VdpService -Name $name
        if ($service.state -ne 'absent') { @{ name = $service.name; state = $service.state; startMode = $service.startMode } }
    })
    return @{
        pendingReboot = Get-VdpReading -List { Get-VdpPendingReboot }
        installerRunning = Get-VdpReading {
            $worker = @(Get-VdpCim -Class Win32_Process -Filter "Name = 'TiWorker.exe'" -Property Name).Count -gt 0
            $worker -or (Test-VdpRegistryKey -Key "$now\Installer\InProgress")
        }
        staged = Get-VdpReading -List { Get-VdpRegistrySubkey -Key "$now\Component Based Servicing\PackagesPending" }
        services = $services
    }
}
