function ConvertTo-VdpPvsFailure {
    <#
    .SYNOPSIS
    Turns what a cmdlet of the PVS snap-in threw into a failure with the PVS error number.
    .DESCRIPTION
    Looks for the exception named EAException anywhere inside: its returnCode, Message, Details and partialReturn are the answer of PVS.
    Without one, the error's id (Citrix.PVS.SnapIn.NAME,CLASS) names the error. Texts are kept for a person and decide nothing.
    .PARAMETER ErrorRecord
    What was caught.
    .EXAMPLE
    try { Get-PvsFarm } catch { throw (ConvertTo-VdpPvsFailure -ErrorRecord $_) }
    .OUTPUTS
    Exception: a failure of kind pvs, native or missing; what was thrown itself, when it is a failure of our own or none of the snap-in.
    .NOTES
    Source: guide of the object snap-in (error handling); the form of the id: pvs.md 4.7. The types' namespaces are unproven, so names
    decide.
    #>
    [CmdletBinding()]
    [OutputType([System.Exception])]
    param([Parameter(Mandatory)] [System.Management.Automation.ErrorRecord] $ErrorRecord)

    $thrown = $ErrorRecord.Exception
    if ($thrown.Data['VdpKind']) { return $thrown }
    if ($thrown -is [System.Management.Automation.CommandNotFoundException] -or
        $thrown -is [System.Management.Automation.ParameterBindingException]) {
        $message = "the PVS snap-in here is older than 7.7 or of another kind: $($thrown.Message)"
        return New-VdpFailure -Kind missing -Message $message
    }
    $fromPvs = $ErrorRecord.FullyQualifiedErrorId -like 'Citrix.PVS.SnapIn.*'
    for ($inner = $thrown; $null -ne $inner; $inner = $inner.InnerException) {
        if ($inner.GetType().Name -eq 'EAException') { return New-VdpPvsFailure -Thrown $inner }
        if ($inner.GetType().Name -eq 'PvsException') { $fromPvs = $true }
    }
    if (-not $fromPvs) { return $thrown }
    $symbol = ($ErrorRecord.FullyQualifiedErrorId -replace '^Citrix\.PVS\.SnapIn\.', '') -replace ',.*$', ''
    $code = Get-VdpPvsCode -Symbol $symbol
    if ($null -ne $code) {
        return New-VdpFailure -Kind pvs -ReturnCode $code -Message $thrown.Message -Details $symbol
    }
    return New-VdpFailure -Kind native -Message $thrown.Message -Details $symbol
}
