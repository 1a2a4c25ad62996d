function New-VdpFailure {
    <#
    .SYNOPSIS
    Makes the exception by which an agent tells its caller why, in the words of the protocol.
    .DESCRIPTION
    To be thrown. Kind says which words count: HResult for licensing, ReturnCode for pvs, our own refusal otherwise.
    .PARAMETER Kind
    One of the kinds of the protocol's host error.
    .PARAMETER Message
    One sentence for a person.
    .PARAMETER HResult
    The code as 0x and eight upper-case digits.
    .PARAMETER ReturnCode
    The number that the PVS snap-in or a native program returned.
    .PARAMETER Details
    More text, such as a program's output.
    .EXAMPLE
    throw (New-VdpFailure -Kind fenced -Message 'fence 12 stands')
    .OUTPUTS
    Exception, to be thrown: ConvertTo-VdpHostError reads kind and codes from its Data.
    #>
    [CmdletBinding()]
    [OutputType([System.Exception])]
    param(
        [Parameter(Mandatory)]
        [ValidateSet('fenced', 'busy', 'refused', 'licensing', 'pvs', 'native', 'arguments', 'missing', 'internal')]
        [string] $Kind,
        [Parameter(Mandatory)] [string] $Message,
        [string] $HResult,
        [Nullable[int]] $ReturnCode,
        [string] $Details
    )

    $failure = New-Object System.InvalidOperationException($Message)
    $failure.Data['VdpKind'] = $Kind
    if ($HResult) { $failure.Data['VdpHResult'] = $HResult }
    if ($null -ne $ReturnCode) { $failure.Data['VdpReturnCode'] = $ReturnCode }
    if ($Details) { $failure.Data['VdpDetails'] = $Details }
    return $failure
}
