function Assert-VdpSameFile {
    <#
    .SYNOPSIS
    Refuses to touch a file that is not the one that was looked at.
    .DESCRIPTION
    It must lie in one of the known folders of the licence store, and have the hash (and size, where given) that the caller knows.
    .PARAMETER Path
    Full path.
    .PARAMETER Sha256
    The hash, lower case.
    .PARAMETER Bytes
    The size; null when it does not matter.
    .EXAMPLE
    Assert-VdpSameFile -Path $backup -Sha256 $hash
    .OUTPUTS
    Nothing. Error: refused.
    .NOTES
    kms.md 6: the folders.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $Sha256,
        [Nullable[long]] $Bytes
    )

    $folder, $name = ($Path -replace '\\[^\\]*$', ''), ($Path -replace '^.*\\', '')
    $file = $null
    if (@(Get-VdpTokenFolder) -contains $folder -and $name -match '^tokens\.dat(\..+\.bar)?$') { $file = Get-VdpFile -Path $Path }
    if ($null -eq $file -or $file.sha256 -ne $Sha256 -or ($null -ne $Bytes -and $file.bytes -ne $Bytes)) {
        throw (New-VdpFailure -Kind refused -Message "$Path is not the file that was looked at")
    }
}
