function Stop-VdpComputer {
    <#
    .SYNOPSIS
    Asks Windows to shut down, for real.
    .DESCRIPTION
    Never hybrid. A few seconds later, so that the answer and the receipt come first; the answer says that the request was
    accepted, not that it happened.
    .PARAMETER Reason
    Why, for Windows' own log.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act.
    .EXAMPLE
    Stop-VdpComputer -Reason 'vdiskprep run 8k2: seal' -Fence 9 -Effect e4
    .OUTPUTS
    Hashtable: accepted. Errors: those of Invoke-VdpWrite.
    .NOTES
    shutdown.exe /s without /hybrid: Windows command reference.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Reason,
        [Parameter(Mandatory)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Act { @{ accepted = Request-VdpPower -How '/s' -Reason $Reason } }
}
