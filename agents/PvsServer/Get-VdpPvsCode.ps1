function Get-VdpPvsCode {
    <#
    .SYNOPSIS
    The number of a PVS error by its name.
    .DESCRIPTION
    Knows the errors that the procedure tells apart. For the rare error record that carries a name and no number.
    .PARAMETER Symbol
    The name, as the error table of the snap-in has it.
    .EXAMPLE
    Get-VdpPvsCode -Symbol MapDiskNoDriver
    .OUTPUTS
    Int, or null for a name that is not in the table.
    .NOTES
    Source: error codes of the object snap-in; pvs.md 4.7.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Symbol)

    $codes = @{
        InvalidField = 3
        NoFarmAccess = 13
        Executing = 16
        NoDiskMapped = 17
        InsufficientPrivileges = 22
        OtherException = 24
        DatabaseOpenFailed = 32
        PartialError = 36
        InvalidDevice = 43
        InvalidDiskLocator = 44
        InvalidStoreSite = 47
        InvalidSite = 49
        InvalidDeviceDiskLocator = 50
        VDiskFileNotFound = 59
        InvalidDiskServer = 60
        InvalidDiskForServer = 61
        MapDiskNoDriver = 84
        MapDiskDeniedByServer = 85
        MapDiskLocalAccessDenied = 86
        MapDiskMiniportError = 87
        UnmapDiskFailed = 88
        DuplicateDiskLocator = 90
        InvalidStore = 93
        ManagementInterfaceError = 96
        ServerTimeout = 97
        NotFound = 98
        ActiveDevice = 100
        ActiveDiskLocator = 101
        LockOwnerNotFound = 110
        DatabaseConnectionError = 119
        DiskIsInPrivateMode = 159
        AlreadyInChangeMode = 160
        NotInMaintenanceMode = 163
        NoVersionFound = 165
        InProcess = 177
        PvsStatusException = 185
        InvalidTask = 189
        ServerOffline = 191
        DiskInventoryError = 195
        MappedDiskLocator = 199
        PerformVolumeMaintenanceTaskPermissions = 209
        TemporaryVersionIsSet = 222
    }
    return $codes[$Symbol]
}
