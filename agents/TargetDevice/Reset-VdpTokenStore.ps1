function Reset-VdpTokenStore {
    <#
    .SYNOPSIS
    Renames tokens.dat, lets the licensing service make a new one, and installs the licence files again.
    .DESCRIPTION
    The service is started again whatever happens. The renamed file is the way back (Restore-VdpTokenStore): killed in between,
    the service is down and the file renamed, and that is repaired from what a look finds. Product keys must be entered again;
    where Office shares the store, its licences are gone. The installation of the licence files takes minutes; it runs in this
    process, file by file, and can be repeated.
    .PARAMETER Folder
    The folder of tokens.dat.
    .PARAMETER Sha256
    Its hash as it was looked at.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act.
    .EXAMPLE
    Reset-VdpTokenStore -Folder 'C:\Windows\System32\spp\store\2.0' -Sha256 $hash -Fence 7 -Effect e1
    .OUTPUTS
    Hashtable: before, after (Get-VdpTokenStore), renamedTo, service, installLicences (installed, failed). Errors: refused
    (another file), native (the service does not stop or start), licensing, those of Invoke-VdpWrite.
    .NOTES
    kms.md 6 (K1: KB 2736303, which renames to tokens.bar; here the moment is in the name, so that a second copy never meets the
    first).
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Folder,
        [Parameter(Mandatory)] [string] $Sha256,
        [Parameter(Mandatory)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    $tokens = "$Folder\tokens.dat"
    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Check {
        Assert-VdpSameFile -Path $tokens -Sha256 $Sha256
    } -Before { Get-VdpTokenStore } -Act {
        $name = (Get-VdpLicenceService).name
        $renamed = Get-VdpBackupName -Path $tokens
        try {
            Set-VdpServiceState -Name $name -State stopped
            Move-VdpFile -Path $tokens -To $renamed
        } finally {
            Set-VdpServiceState -Name $name -State running
        }
        @{ renamedTo = $renamed; installLicences = Install-VdpLicenceFile; service = Get-VdpLicenceService }
    } -After { Get-VdpTokenStore }
}
