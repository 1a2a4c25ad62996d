function Get-VdpReading {
    <#
    .SYNOPSIS
    Reads one fact that may be unreadable.
    .DESCRIPTION
    Returns what the block returns, or why it could not: unknown with the failure's HRESULT, where it has one, and message. A
    refusal of our own goes through.
    .PARAMETER Read
    Reads the fact. Returns one value, or with -List any number.
    .PARAMETER List
    The fact is a list: none and one stay a list.
    .EXAMPLE
    Get-VdpReading { Get-VdpRegistryValue -Key $key -Name SkipRearm }
    .OUTPUTS
    The value, or a hashtable with unknown.
    .NOTES
    The shape is reading in src/wire/reading.ts.
    #>
    [CmdletBinding()]
    [OutputType([object])]
    param(
        [Parameter(Mandatory, Position = 0)] [scriptblock] $Read,
        [switch] $List
    )

    try {
        if ($List) { return , @(& $Read) }
        return & $Read
    } catch {
        if ($_.Exception.Data['VdpKind'] -eq 'refused') { throw }
        $code = ConvertTo-VdpHResult -ErrorRecord $_
        return @{ unknown = "$code $($_.Exception.Message)".Trim() }
    }
}
