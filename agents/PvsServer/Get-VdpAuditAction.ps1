function Get-VdpAuditAction {
    <#
    .SYNOPSIS
    The name of an action in the audit trail of PVS, by its number.
    .DESCRIPTION
    Knows what can happen to a vDisk or to its devices; of others the number is told.
    .PARAMETER Action
    PvsAuditTrail.Action.
    .EXAMPLE
    Get-VdpAuditAction -Action 6004
    .OUTPUTS
    String, such as SetDisk.
    .NOTES
    Source: PvsAuditTrail.Action in the guide of the object snap-in.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [int] $Action)

    $names = @{
        4 = 'AddDiskLocator'
        1005 = 'DeleteDiskLocator'
        1016 = 'DeleteDiskVersion'
        2002 = 'RunApplyAutoUpdate'
        2003 = 'RunApplyIncrementalUpdate'
        2007 = 'RunAssignDiskLocator'
        2011 = 'RunCopyPasteDisk'
        2017 = 'RunDisableDeviceDiskLocator'
        2018 = 'RunDisableDiskLocator'
        2024 = 'RunEnableDeviceDiskLocator'
        2025 = 'RunEnableDiskLocator'
        2038 = 'RunRemoveDiskLocator'
        2045 = 'RunUnlockAllDisk'
        2046 = 'RunUnlockDisk'
        2049 = 'RunMergeDisk'
        2050 = 'RunRevertDiskVersion'
        2051 = 'RunPromoteDiskVersion'
        2052 = 'RunCancelDiskMaintenance'
        2054 = 'RunAddDiskVersion'
        2055 = 'RunExportDisk'
        2056 = 'RunAssignDisk'
        2057 = 'RunRemoveDisk'
        2058 = 'RunDiskUpdateStart'
        2060 = 'RunSetOverrideVersion'
        3001 = 'RunWithReturnCreateDisk'
        3003 = 'RunWithReturnMapDisk'
        3005 = 'RunWithReturnCreateMaintenanceVersion'
        3006 = 'RunWithReturnImportDisk'
        6003 = 'SetDevice'
        6004 = 'SetDisk'
        6005 = 'SetDiskLocator'
    }
    if ($names.ContainsKey($Action)) { return $names[$Action] }
    return "action $Action"
}
