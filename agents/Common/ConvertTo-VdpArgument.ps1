function ConvertTo-VdpArgument {
    <#
    .SYNOPSIS
    Quotes one argument so that a program gets it back as it was.
    .DESCRIPTION
    By the rules of CommandLineToArgvW: quotes around blanks, a backslash before a quote, backslashes before a quote doubled.
    .PARAMETER Value
    The argument.
    .EXAMPLE
    ConvertTo-VdpArgument -Value 'C:\Program Files\x\'
    .OUTPUTS
    String.
    .NOTES
    Source: Microsoft, "Parsing C++ command-line arguments".
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Value)

    if ($Value -match '^[^\s"]+$') { return $Value }
    $escaped = [regex]::Replace($Value, '(\\*)"', '$1$1\"')
    return '"' + [regex]::Replace($escaped, '(\\+)$', '$1$1') + '"'
}
