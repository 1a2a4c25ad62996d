function Set-VdpActText {
    <#
    .SYNOPSIS
    Writes the text in which this host keeps fences and receipts, whole or not at all.
    .DESCRIPTION
    The counterpart of Get-VdpActText. A registry value changes in one step; the file is written beside and moved into its place.
    .PARAMETER Text
    The text.
    .EXAMPLE
    Set-VdpActText -Text '{"fences":{},"receipts":[]}'
    .OUTPUTS
    Nothing.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Text)

    if ($script:VdpHere.Role -ne 'pvs') {
        Set-VdpVolatileValue -Name 'acts' -Value $Text
        return
    }
    Write-VdpText -Path "$env:ProgramData\vdiskprep\acts.json" -Text $Text
}
