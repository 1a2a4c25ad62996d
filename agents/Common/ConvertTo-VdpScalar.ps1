function ConvertTo-VdpScalar {
    <#
    .SYNOPSIS
    The scalar facts of an act's answer, as a receipt keeps them.
    .DESCRIPTION
    Text, numbers, truth values and null, also one level deep (program.exitCode); lists and deeper values are left out.
    .PARAMETER Facts
    The facts.
    .EXAMPLE
    ConvertTo-VdpScalar -Facts @{ program = @{ exitCode = 0 }; successLine = $true }
    .OUTPUTS
    Hashtable of scalars.
    .NOTES
    The shape is result in src/wire/receipt.ts.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [hashtable] $Facts)

    $isScalar = { param($Value) $null -eq $Value -or $Value -is [string] -or $Value -is [bool] -or $Value -is [ValueType] }
    $keep = { param($Value) if ($Value -is [string] -and $Value.Length -gt 1024) { $Value.Substring(0, 1024) } else { $Value } }
    $found = @{}
    foreach ($name in @($Facts.Keys)) {
        if (& $isScalar $Facts[$name]) { $found[$name] = & $keep $Facts[$name] }
        if ($Facts[$name] -isnot [hashtable]) { continue }
        foreach ($inner in @($Facts[$name].Keys)) {
            $value = $Facts[$name][$inner]
            if (& $isScalar $value) { $found["$name.$inner"] = & $keep $value }
        }
    }
    return $found
}
