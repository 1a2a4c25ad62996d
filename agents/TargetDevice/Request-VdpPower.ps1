function Request-VdpPower {
    <#
    .SYNOPSIS
    Gives Windows the order to shut down or to restart in five seconds. Call it inside an act.
    .DESCRIPTION
    Programs that do not end by themselves are ended.
    .PARAMETER How
    /s or /r.
    .PARAMETER Reason
    Why.
    .EXAMPLE
    Request-VdpPower -How '/s' -Reason 'seal'
    .OUTPUTS
    Boolean: whether the order was accepted.
    .NOTES
    shutdown.exe /t /d /c (at most 512 characters): Windows command reference.
    #>
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [Parameter(Mandatory)] [ValidateSet('/s', '/r')] [string] $How,
        [Parameter(Mandatory)] [string] $Reason
    )

    $short = $Reason.Substring(0, [Math]::Min(500, $Reason.Length))
    $words = $How, '/f', '/t', '5', '/d', 'p:0:0', '/c', $short
    $end = Invoke-VdpNative -Program "$env:SystemRoot\System32\shutdown.exe" -Arguments $words -TimeoutSeconds 30
    return $end.exitCode -eq 0
}
