function New-VdpCimFailure {
    <#
    .SYNOPSIS
    Puts an error of a CIM cmdlet into our own failure.
    .DESCRIPTION
    Kind licensing for the licensing classes, native for others; the HRESULT by ConvertTo-VdpHResult, the text as Windows gave it.
    .PARAMETER ErrorRecord
    What was caught.
    .PARAMETER Class
    The class.
    .EXAMPLE
    throw (New-VdpCimFailure -ErrorRecord $_ -Class Win32_Service)
    .OUTPUTS
    Exception.
    #>
    [CmdletBinding()]
    [OutputType([System.Exception])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.ErrorRecord] $ErrorRecord,
        [Parameter(Mandatory)] [string] $Class
    )

    $kind = if ($Class -match 'SoftwareLicensing|SoftwareProtection') { 'licensing' } else { 'native' }
    $code = ConvertTo-VdpHResult -ErrorRecord $ErrorRecord
    return New-VdpFailure -Kind $kind -Message "$($ErrorRecord.Exception.Message)" -HResult $code -Details $Class
}
