function Get-VdpImagingLog {
    <#
    .SYNOPSIS
    The end of the Imaging Wizard's log, of this imaging alone.
    .DESCRIPTION
    A log that was not written since the start is none. At most 64 KiB.
    .PARAMETER Since
    When the imaging began.
    .EXAMPLE
    Get-VdpImagingLog -Since $start
    .OUTPUTS
    String; empty when there is no log.
    .NOTES
    pvs.md 6.5 (S6): ImagingWizard.txt or .log below ProgramData.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [datetime] $Since)

    foreach ($name in 'ImagingWizard.txt', 'ImagingWizard.log') {
        $file = Get-VdpFile -Path "$env:ProgramData\Citrix\ImagingWizard\$name"
        if ($null -eq $file -or $file.modified -lt (ConvertTo-VdpTime -Value $Since)) { continue }
        $text = [string] (Read-VdpText -Path $file.path)
        return $text.Substring([Math]::Max(0, $text.Length - 65536))
    }
    return ''
}
