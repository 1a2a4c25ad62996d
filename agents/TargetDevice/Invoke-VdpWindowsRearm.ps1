function Invoke-VdpWindowsRearm {
    <#
    .SYNOPSIS
    Spends one Windows rearm.
    .DESCRIPTION
    ReArmWindows(); the effect shows at the next boot. Never called twice by the caller. Afterwards the service may answer
    0xC004D302 until the reboot: then after carries that code instead of counters. A volatile marker makes Restart-VdpComputer
    refuse from then on.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act.
    .EXAMPLE
    Invoke-VdpWindowsRearm -Fence 7 -Effect e1
    .OUTPUTS
    Hashtable: before, after (Get-VdpWindowsLicense), returnValue (0), code (null), via (cim). Errors: licensing (0xC004D307: no
    rearm is left), those of Invoke-VdpWrite.
    .NOTES
    kms.md 3.1, 4.1, 4.2.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Before { Get-VdpWindowsLicense } -Act {
        $service = @(Get-VdpCim -Class SoftwareLicensingService)[0]
        Set-VdpVolatileValue -Name 'windowsRearmed' -Value 'begun'
        try {
            $answer = Invoke-VdpCimMethod -Instance $service -Class SoftwareLicensingService -Method ReArmWindows
        } catch {
            # Another failure than the licensing service's own no may have come after the rearm.
            if ((ConvertTo-VdpHResult -ErrorRecord $_) -notlike '0xC004*') { throw }
            Remove-VdpRegistryValue -Key 'HKLM\SOFTWARE\vdiskprep' -Name 'windowsRearmed'
            throw
        }
        Set-VdpVolatileValue -Name 'windowsRearmed' -Value 'done'
        @{ returnValue = Get-VdpProperty -Of $answer -Name ReturnValue; code = $null; via = 'cim' }
    } -After { Get-VdpWindowsLicense }
}
