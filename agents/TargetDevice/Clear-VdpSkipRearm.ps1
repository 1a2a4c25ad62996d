function Clear-VdpSkipRearm {
    <#
    .SYNOPSIS
    Removes the registry value that makes a Windows rearm do nothing.
    .DESCRIPTION
    Only on a decision of a person; the value is removed, not set to 0.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act.
    .EXAMPLE
    Clear-VdpSkipRearm -Fence 7 -Effect e1
    .OUTPUTS
    Hashtable: before, after (Get-VdpSkipRearm). Errors: those of Invoke-VdpWrite.
    .NOTES
    kms.md 3.3, 4.2.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Before { Get-VdpSkipRearm } -Act {
        $key = 'HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform'
        Remove-VdpRegistryValue -Key $key -Name SkipRearm
    } -After { Get-VdpSkipRearm }
}
