function Restart-VdpComputer {
    <#
    .SYNOPSIS
    Asks Windows to restart; refused inside the no-reboot window.
    .DESCRIPTION
    After a rearm of this boot the restart belongs to the clones: here it would spend the rearm. The answer says that the request
    was accepted, not that it happened.
    .PARAMETER Reason
    Why, for Windows' own log.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act.
    .EXAMPLE
    Restart-VdpComputer -Reason 'vdiskprep run 8k2' -Fence 3 -Effect e0
    .OUTPUTS
    Hashtable: accepted. Errors: refused, those of Invoke-VdpWrite.
    .NOTES
    kms.md 4.1: the restart after a rearm must be the next boot of the clone. shutdown.exe /r: Windows command reference.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Reason,
        [Parameter(Mandatory)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Check {
        $windows = Get-VdpRegistryValue -Key 'HKLM\SOFTWARE\vdiskprep' -Name 'windowsRearmed'
        if ($null -ne $windows -or $null -ne (Get-VdpOfficeMarker)) {
            $why = 'a rearm of this boot waits for the clones: a restart would spend it here'
            throw (New-VdpFailure -Kind refused -Message $why)
        }
    } -Act { @{ accepted = Request-VdpPower -How '/r' -Reason $Reason } }
}
