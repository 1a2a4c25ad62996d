function Restore-VdpTokenStore {
    <#
    .SYNOPSIS
    Puts a renamed licence store back.
    .DESCRIPTION
    Works from whatever stands: the service running or down, a new tokens.dat there or not. A present one is put aside, never
    lost. Where the store has its own name back already, as an act leaves it that was killed before it started the service again,
    the service is restarted.
    .PARAMETER Backup
    Full path of the renamed file.
    .PARAMETER Sha256
    Its hash.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act.
    .EXAMPLE
    Restore-VdpTokenStore -Backup $path -Sha256 $hash -Fence 8 -Effect e2
    .OUTPUTS
    Hashtable: before, after (Get-VdpTokenStore), service. Errors: refused (another file), native, those of Invoke-VdpWrite.
    .NOTES
    kms.md 6: restore.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Backup,
        [Parameter(Mandatory)] [string] $Sha256,
        [Parameter(Mandatory)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    $tokens = ($Backup -replace '\\[^\\]*$', '') + '\tokens.dat'
    $from = if (Test-VdpPath -Path $Backup) { $Backup } else { $tokens }
    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Check {
        Assert-VdpSameFile -Path $from -Sha256 $Sha256
    } -Before { Get-VdpTokenStore } -Act {
        $name = (Get-VdpLicenceService).name
        try {
            Set-VdpServiceState -Name $name -State stopped
            if ($from -ne $tokens) {
                if (Test-VdpPath -Path $tokens) { Move-VdpFile -Path $tokens -To (Get-VdpBackupName -Path $tokens) }
                Move-VdpFile -Path $from -To $tokens
            }
        } finally {
            Set-VdpServiceState -Name $name -State running
        }
        @{ service = Get-VdpLicenceService }
    } -After { Get-VdpTokenStore }
}
