function ConvertTo-VdpHostError {
    <#
    .SYNOPSIS
    Puts anything thrown into the protocol's host error.
    .DESCRIPTION
    A failure made by New-VdpFailure keeps its kind and codes. A parameter that could not be bound is kind arguments. Everything else is
    internal, with the exception's HRESULT (of the inner one where a .NET method failed); texts are for people and may be localised.
    .PARAMETER ErrorRecord
    What was caught.
    .EXAMPLE
    try { ... } catch { ConvertTo-VdpHostError -ErrorRecord $_ }
    .OUTPUTS
    Hashtable: kind, message, hresult, returnCode, details, at: hostError in src/wire/messages.ts.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [System.Management.Automation.ErrorRecord] $ErrorRecord)

    $thrown = $ErrorRecord.Exception
    if ($thrown -is [System.Management.Automation.MethodInvocationException] -and $thrown.InnerException) {
        $thrown = $thrown.InnerException
    }
    $told = $thrown.Data
    $kind = 'internal'
    if ($thrown -is [System.Management.Automation.ParameterBindingException]) { $kind = 'arguments' }
    if ($told['VdpKind']) { $kind = $told['VdpKind'] }
    $hresult = '0x{0:X8}' -f $thrown.HResult
    if ($told['VdpKind']) { $hresult = $told['VdpHResult'] }
    return @{
        kind = $kind
        message = "$($thrown.Message)"
        hresult = $hresult
        returnCode = $told['VdpReturnCode']
        details = $told['VdpDetails']
        at = "$($ErrorRecord.InvocationInfo.MyCommand) line $($ErrorRecord.InvocationInfo.ScriptLineNumber)"
    }
}
