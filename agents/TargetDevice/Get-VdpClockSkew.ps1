function Get-VdpClockSkew {
    <#
    .SYNOPSIS
    How far this machine's clock is from another's, by NTP.
    .DESCRIPTION
    One sample. Only the number with its sign and the s behind it are read, which are the same in every language.
    .PARAMETER Machine
    The host.
    .EXAMPLE
    Get-VdpClockSkew -Machine kms01.example.com
    .OUTPUTS
    Number: seconds that this clock is ahead. A hashtable with unknown when the host does not answer.
    .NOTES
    w32tm /stripchart /dataonly /samples:1: Windows command reference; the form of the line is unproven.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Machine)

    $words = '/stripchart', "/computer:$Machine", '/dataonly', '/samples:1'
    $end = Invoke-VdpNative -Program "$env:SystemRoot\System32\w32tm.exe" -Arguments $words -TimeoutSeconds 15
    if ($end.output -notmatch ',\s*([+-]\d+[.,]\d+)s') { return @{ unknown = 'the host does not answer NTP' } }
    return -[double]::Parse($Matches[1].Replace(',', '.'), [Globalization.CultureInfo]::InvariantCulture)
}
