function ConvertTo-VdpHashtable {
    <#
    .SYNOPSIS
    Turns objects read from JSON into hashtables, at every depth, so that they can be splatted.
    .DESCRIPTION
    ConvertFrom-Json -AsHashtable does not exist in Windows PowerShell 5.1. PowerShell 7 reads an ISO time as a date: it becomes text again,
    in UTC, as it stays in 5.1. Arrays stay arrays, also of one element.
    .PARAMETER Value
    What ConvertFrom-Json returned.
    .EXAMPLE
    ConvertTo-VdpHashtable -Value (ConvertFrom-Json '{"a": {"b": [1]}}')
    .OUTPUTS
    Hashtable, array or scalar, as Value is; null for null.
    #>
    [CmdletBinding()]
    param([AllowNull()] $Value)

    if ($Value -is [System.Management.Automation.PSCustomObject]) {
        $table = @{}
        foreach ($property in $Value.PSObject.Properties) { $table[$property.Name] = ConvertTo-VdpHashtable -Value $property.Value }
        return $table
    }
    if ($Value -is [array]) {
        $items = @(foreach ($item in $Value) { , (ConvertTo-VdpHashtable -Value $item) })
        return , $items
    }
    if ($Value -is [datetime]) {
        return $Value.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.FFFFFFFZ', [Globalization.CultureInfo]::InvariantCulture)
    }
    return $Value
}
