function Assert-VdpImagingState {
    <#
    .SYNOPSIS
    Refuses imaging unless this machine runs from its hard disk and a vDisk is attached read/write.
    .DESCRIPTION
    Anything unknown is refused as well: the copy overwrites what is attached.
    .EXAMPLE
    Assert-VdpImagingState
    .OUTPUTS
    Nothing. Error: refused.
    .NOTES
    pvs.md 6.3, 6.5: WriteCacheType 0 or 10 is read/write.
    #>
    [CmdletBinding()]
    param()

    $pvs = Get-VdpPvsAttachment
    $readWrite = $pvs.attached -eq $true -and (0, 10 -contains $pvs.writeCacheType)
    if (-not $readWrite -or $pvs.systemVolumeOnVdisk -isnot [bool] -or $pvs.systemVolumeOnVdisk) {
        $why = 'imaging copies a hard disk to a vDisk that is attached read/write'
        throw (New-VdpFailure -Kind refused -Message $why)
    }
}
