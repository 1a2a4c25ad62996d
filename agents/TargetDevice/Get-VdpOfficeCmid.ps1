function Get-VdpOfficeCmid {
    <#
    .SYNOPSIS
    The CMID of Office where it has a service of its own.
    .DESCRIPTION
    Reads the service object of osppsvc.
    .EXAMPLE
    Get-VdpOfficeCmid
    .OUTPUTS
    String: the GUID; null when there is none yet.
    .NOTES
    kms.md 5.4 (V3): OfficeSoftwareProtectionService.ClientMachineID on Windows 7 and 2008 R2.
    #>
    [CmdletBinding()]
    param()

    $service = @(Get-VdpCim -Class OfficeSoftwareProtectionService)[0]
    $cmid = [string] (Get-VdpProperty -Of $service -Name ClientMachineID)
    if ($cmid) { return $cmid }
    return $null
}
