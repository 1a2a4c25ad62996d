function Get-VdpOfficeMarker {
    <#
    .SYNOPSIS
    Whether Office was rearmed in this boot.
    .DESCRIPTION
    A value of the volatile key: begun is written before OSPPREARM.EXE starts, done when it said that it succeeded. Gone at
    shutdown.
    .EXAMPLE
    Get-VdpOfficeMarker
    .OUTPUTS
    String: begun or done; null when there is none.
    #>
    [CmdletBinding()]
    param()

    return Get-VdpRegistryValue -Key 'HKLM\SOFTWARE\vdiskprep' -Name 'officeRearmed'
}
