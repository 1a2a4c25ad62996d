function Set-VdpKmsHost {
    <#
    .SYNOPSIS
    Sets or clears the KMS host that Windows asks.
    .DESCRIPTION
    Name and port together: a stale port would survive. Without a port the default is asked (1688).
    .PARAMETER Machine
    The host; null clears name and port.
    .PARAMETER Port
    The port; null for the default.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act.
    .EXAMPLE
    Set-VdpKmsHost -Machine kms01.example.com -Port 1688 -Fence 7 -Effect e1
    .OUTPUTS
    Hashtable: before, after (Get-VdpWindowsLicense). Errors: licensing, those of Invoke-VdpWrite.
    .NOTES
    kms.md 3.1: SetKeyManagementServiceMachine(MachineName), SetKeyManagementServicePort(PortNumber) and their Clear forms.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [AllowNull()] [AllowEmptyString()] [string] $Machine,
        [Parameter(Mandatory)] [AllowNull()] [Nullable[int]] $Port,
        [Parameter(Mandatory)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Before { Get-VdpWindowsLicense } -Act {
        $service = @(Get-VdpCim -Class SoftwareLicensingService)[0]
        $call = @{ Instance = $service; Class = 'SoftwareLicensingService' }
        if ($Machine) {
            $null = Invoke-VdpCimMethod @call -Method SetKeyManagementServiceMachine -Arguments @{ MachineName = $Machine }
        } else {
            $null = Invoke-VdpCimMethod @call -Method ClearKeyManagementServiceMachine
        }
        if ($Machine -and $null -ne $Port) {
            $null = Invoke-VdpCimMethod @call -Method SetKeyManagementServicePort -Arguments @{ PortNumber = [uint32] $Port }
        } else {
            $null = Invoke-VdpCimMethod @call -Method ClearKeyManagementServicePort
        }
    } -After { Get-VdpWindowsLicense }
}
