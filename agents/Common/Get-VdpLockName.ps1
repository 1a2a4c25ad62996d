function Get-VdpLockName {
    <#
    .SYNOPSIS
    The names of the two machine-wide locks.
    .DESCRIPTION
    act is held for the whole of an act; store for the moment in which fences and receipts are read and written. A new session
    stores its fence under store alone, so that it is not kept waiting by the act that it wants to ask for.
    .PARAMETER For
    act or store.
    .EXAMPLE
    Get-VdpLockName -For act
    .OUTPUTS
    String.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [ValidateSet('act', 'store')] [string] $For)

    return "Global\vdiskprep-$For"
}
