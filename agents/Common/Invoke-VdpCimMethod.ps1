function Invoke-VdpCimMethod {
    <#
    .SYNOPSIS
    Surface, writes: calls a method of a CIM instance.
    .DESCRIPTION
    A method that fails, or returns another number than 0, is a failure like that of Get-VdpCim.
    .PARAMETER Instance
    What Get-VdpCim returned.
    .PARAMETER Class
    Its class, for the failure.
    .PARAMETER Method
    The method.
    .PARAMETER Arguments
    Its arguments, typed as the class declares them.
    .EXAMPLE
    Invoke-VdpCimMethod -Instance $service -Class SoftwareLicensingService -Method ReArmWindows
    .OUTPUTS
    What the method returned.
    .NOTES
    kms.md 3.2: methods return uint32 and raise on failure; another number than 0 is a failure as well.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [object] $Instance,
        [Parameter(Mandatory)] [string] $Class,
        [Parameter(Mandatory)] [string] $Method,
        [hashtable] $Arguments = @{}
    )

    $call = @{ InputObject = $Instance; MethodName = $Method; ErrorAction = 'Stop' }
    if ($Arguments.Count) { $call.Arguments = $Arguments }
    try {
        $answer = Invoke-CimMethod @call
    } catch {
        throw (New-VdpCimFailure -ErrorRecord $_ -Class $Class)
    }
    $value = Get-VdpProperty -Of $answer -Name ReturnValue
    if ($null -ne $value -and $value -ne 0) {
        $code = '0x{0:X8}' -f [uint32] $value
        $kind = if ($Class -match 'SoftwareLicensing|SoftwareProtection') { 'licensing' } else { 'native' }
        throw (New-VdpFailure -Kind $kind -Message "$Class.$Method returned $code" -HResult $code -Details "$Class.$Method")
    }
    return $answer
}
