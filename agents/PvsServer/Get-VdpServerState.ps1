function Get-VdpServerState {
    <#
    .SYNOPSIS
    One PVS server as a host: its services and their right to mount, its drivers, what is mounted, and what its farm says of itself.
    .DESCRIPTION
    What comes from Windows is told also when the farm does not answer: then each fact of the farm is unknown with the reason. role is this
    login's for this server: 100 farm, 200 site administrator, 999 neither.
    .EXAMPLE
    (Get-VdpServerState).services
    .OUTPUTS
    Hashtable: at, act, server, farm (name, auditing, maxVersions, automaticMerge), pvsVersion, role, services, drivers, mounted (guid,
    name, or null), pendingReboot. Errors: none of PVS; native when CIM does not answer.
    .NOTES
    The shape is serverState in src/wire/operations/farm-state.ts. Source: PvsFarm, PvsVersion, PvsServer; pvs.md 6, 7.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $holder = Get-VdpReading -List { Get-VdpRightHolder -Right SeManageVolumePrivilege }
    $policy = Get-VdpRightPolicy -Right SeManageVolumePrivilege
    return @{
        at = ConvertTo-VdpTime -Value (Get-Date)
        act = Get-VdpActReport
        server = Get-VdpComputerName
        farm = Get-VdpReading {
            $farm = Invoke-VdpPvs { Get-PvsFarm }
            @{
                name = "$($farm.Name)"
                auditing = [bool] $farm.AuditingEnabled
                maxVersions = [int] $farm.MaxVersions
                automaticMerge = [bool] $farm.AutomaticMergeEnabled
            }
        }
        pvsVersion = Get-VdpReading { "$((Invoke-VdpPvs { Get-PvsVersion }).MapiVersion)" }
        role = Get-VdpReading {
            $server = Get-VdpPvsServerName
            [int] (Invoke-VdpPvs { Get-PvsServer -ServerName $server }).Role
        }
        services = @('StreamService', 'soapserver' | ForEach-Object { Get-VdpServiceFact -Name $_ -Holder $holder -Policy $policy })
        drivers = @('CVhdMp', 'CvhdBusP6', 'cfsdep2' | ForEach-Object { Get-VdpDriverFact -Name $_ })
        mounted = Get-VdpReading { Get-VdpMountedDisk }
        pendingReboot = Get-VdpReading -List { Get-VdpPendingReboot }
    }
}
