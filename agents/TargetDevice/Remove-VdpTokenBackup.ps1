function Remove-VdpTokenBackup {
    <#
    .SYNOPSIS
    Deletes the renamed licence store, only by path, hash and size.
    .DESCRIPTION
    Once the keys are proved, nothing of the preparation shall stay in the image.
    .PARAMETER Backup
    Full path of the renamed file.
    .PARAMETER Sha256
    Its hash.
    .PARAMETER Bytes
    Its size.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act.
    .EXAMPLE
    Remove-VdpTokenBackup -Backup $path -Sha256 $hash -Bytes 2500000 -Fence 9 -Effect e3
    .OUTPUTS
    Hashtable: removed. Errors: refused (another file, or tokens.dat itself), those of Invoke-VdpWrite.
    .NOTES
    kms.md 6.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Backup,
        [Parameter(Mandatory)] [string] $Sha256,
        [Parameter(Mandatory)] [long] $Bytes,
        [Parameter(Mandatory)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Check {
        if ($Backup -notlike '*.bar') { throw (New-VdpFailure -Kind refused -Message "$Backup is no renamed store") }
        Assert-VdpSameFile -Path $Backup -Sha256 $Sha256 -Bytes $Bytes
    } -Act {
        Remove-VdpFile -Path $Backup
        @{ removed = -not (Test-VdpPath -Path $Backup) }
    }
}
