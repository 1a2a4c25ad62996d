function Get-VdpDiskState {
    <#
    .SYNOPSIS
    A vDisk with everything that decides about it: record, locks, versions, copies, devices, store, recent changes.
    .DESCRIPTION
    Found by its GUID, or by site, store and name, as PVS names a vDisk (a name is unique only within a store). Anything but exactly one
    leaves disk out and the lists empty. Numbers are those of PVS: WriteCacheType 0 and 10 are Private, LicenseMode 2 is KMS.
    .PARAMETER Guid
    The disk locator.
    .PARAMETER Site
    The site.
    .PARAMETER Store
    The store.
    .PARAMETER Name
    The name of the vDisk.
    .EXAMPLE
    Get-VdpDiskState -Site Main -Store VHD -Name W11-Office
    .OUTPUTS
    Hashtable: at, act, found, disk (guid, name, writeCacheType, writeCacheSizeMiB, licenseMode, sizeMiB, vhdx, longDescription, enabled,
    serverName, active, mapped, deviceCount, temporaryVersionSet, autoUpdate), locks, versions, inventory, assignments, store,
    recentChanges. Errors: pvs, native (no SOAP service), missing (no snap-in).
    .NOTES
    The shape is diskState in src/wire/operations/farm-state.ts. Source: objects of the PVS snap-in; pvs.md 4.1 to 4.6.
    #>
    [CmdletBinding(DefaultParameterSetName = 'Guid')]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory, ParameterSetName = 'Guid')] [guid] $Guid,
        [Parameter(Mandatory, ParameterSetName = 'Address')] [string] $Site,
        [Parameter(Mandatory, ParameterSetName = 'Address')] [string] $Store,
        [Parameter(Mandatory, ParameterSetName = 'Address')] [string] $Name
    )

    if ($PSCmdlet.ParameterSetName -eq 'Guid') {
        $records = @(Find-VdpPvs -Absent 44, 98 -Call { Get-PvsDiskInfo -DiskLocatorId $Guid })
    } else {
        $records = @(Find-VdpPvs -Absent 44, 47, 49, 93, 98 -Call {
            Get-PvsDiskInfo -SiteName $Site -StoreName $Store -DiskLocatorName $Name
        })
    }
    $state = @{
        at = ConvertTo-VdpTime -Value (Get-Date)
        act = Get-VdpActReport
        found = $records.Count
        locks = @()
        versions = @()
        inventory = @()
        assignments = @()
        store = @{ unknown = 'there is no such store' }
        recentChanges = @()
    }
    if ($records.Count -ne 1) {
        if ($Store) { $state.store = Get-VdpReading { Get-VdpStoreFact -Site $Site -Store $Store } }
        return $state
    }
    $info = $records[0]
    $state.disk = ConvertTo-VdpDiskFact -Info $info
    $state.locks = @(Get-VdpDiskLock -Guid $info.Guid)
    $state.versions = @(Get-VdpDiskVersion -Guid $info.Guid)
    $state.inventory = @(Get-VdpDiskInventory -Guid $info.Guid)
    $state.assignments = @(Get-VdpDiskAssignment -Guid $info.Guid)
    $state.store = Get-VdpReading { Get-VdpStoreFact -Site $info.SiteName -Store $info.StoreName }
    $state.recentChanges = Get-VdpReading -List { Get-VdpDiskChange -Guid $info.Guid }
    return $state
}
