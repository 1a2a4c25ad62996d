function Assert-VdpOfficeOpen {
    <#
    .SYNOPSIS
    Refuses whatever touches Office once it was rearmed in this boot.
    .DESCRIPTION
    Office's grace period begins with the first look at its licences after a rearm, and would begin in the image.
    .EXAMPLE
    Assert-VdpOfficeOpen
    .OUTPUTS
    Nothing. Error: refused.
    .NOTES
    kms.md 5.4 (O2): after the rearm do not start Office and do not run ospp.vbs, not even to look.
    #>
    [CmdletBinding()]
    param()

    if ($null -ne (Get-VdpOfficeMarker)) {
        $why = 'Office was rearmed in this boot: nothing may ask for its licences until the image is sealed.'
        throw (New-VdpFailure -Kind refused -Message $why)
    }
}
