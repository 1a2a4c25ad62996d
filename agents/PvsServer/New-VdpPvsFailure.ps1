function New-VdpPvsFailure {
    <#
    .SYNOPSIS
    A failure of kind pvs from the exception in which PVS reports an error.
    .DESCRIPTION
    Some errors have no message of their own (96, 185): then their details are the message. Of a partial error (36) the failed items follow
    in the details, each with its number.
    .PARAMETER Thrown
    The EAException: returnCode, Message, Details, partialReturn.
    .EXAMPLE
    New-VdpPvsFailure -Thrown $ErrorRecord.Exception.InnerException
    .OUTPUTS
    Exception, to be thrown.
    .NOTES
    Source: guide of the object snap-in (error handling).
    #>
    [CmdletBinding()]
    [OutputType([System.Exception])]
    param([Parameter(Mandatory)] [object] $Thrown)

    $code = [int] $Thrown.returnCode
    $details = "$(Get-VdpProperty -Of $Thrown -Name Details)"
    $items = @(foreach ($item in @(Get-VdpProperty -Of $Thrown -Name partialReturn)) {
        if ($null -ne $item) { "$(Get-VdpProperty -Of $item -Name returnCode) $(Get-VdpProperty -Of $item -Name Message)" }
    })
    $all = @(@($details) + $items | Where-Object { $_ }) -join '; '
    $message = "$($Thrown.Message)"
    if (-not $message) { $message = $details }
    if (-not $message) { $message = "PVS error $code" }
    return New-VdpFailure -Kind pvs -ReturnCode $code -Message $message -Details $all
}
