function ConvertTo-VdpHResult {
    <#
    .SYNOPSIS
    Finds the HRESULT in whatever a CIM call or a program's output gave.
    .DESCRIPTION
    Looks, in this order, at the failure's own code, the error's id (HRESULT 0x...), error_Code of the CIM error, the exception's
    number, and the first 0x and eight digits of the text. Generic numbers of .NET (0x8013....) are none.
    .PARAMETER ErrorRecord
    What was caught.
    .PARAMETER Text
    What a program printed.
    .EXAMPLE
    ConvertTo-VdpHResult -Text 'Error: 0xC004F074 The Software Licensing Service ...'
    .OUTPUTS
    String, 0x and eight upper-case digits, or empty.
    .NOTES
    kms.md 3.2 and 13 (9): the form in which a CIM exception carries it is unproven, hence every place.
    #>
    [CmdletBinding(DefaultParameterSetName = 'Error')]
    [OutputType([string])]
    param(
        [Parameter(Mandatory, ParameterSetName = 'Error')] [System.Management.Automation.ErrorRecord] $ErrorRecord,
        [Parameter(Mandatory, ParameterSetName = 'Text')] [AllowEmptyString()] [string] $Text
    )

    $places = @($Text)
    if ($ErrorRecord) {
        $thrown = $ErrorRecord.Exception
        $places = @("$($thrown.Data['VdpHResult'])", $ErrorRecord.FullyQualifiedErrorId)
        $data = Get-VdpProperty -Of $thrown -Name ErrorData
        if ($null -ne $data) {
            $code = $data.CimInstanceProperties['error_Code']
            if ($null -ne $code) { $places += '0x{0:X8}' -f [uint32] $code.Value }
        }
        if ($thrown.HResult -ne 0) { $places += '0x{0:X8}' -f $thrown.HResult }
        $places += $thrown.Message
    }
    foreach ($place in $places) {
        if ($place -match '0x([0-9A-Fa-f]{8})\b') {
            $found = '0x' + $Matches[1].ToUpperInvariant()
            if ($found -notlike '0x8013*' -and $found -ne '0x00000000') { return $found }
        }
    }
    return ''
}
