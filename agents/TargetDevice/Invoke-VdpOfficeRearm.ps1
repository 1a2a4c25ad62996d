function Invoke-VdpOfficeRearm {
    <#
    .SYNOPSIS
    Spends one Office rearm, and takes all hands off Office.
    .DESCRIPTION
    Runs OSPPREARM.EXE as it was found. The volatile marker stands before the program starts: killed in between, Office stays
    untouched. It is taken away only when the program clearly failed (another exit code than 0 and no line of success).
    .PARAMETER Tool
    The program, as Get-VdpOfficeInstall found it.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act.
    .EXAMPLE
    Invoke-VdpOfficeRearm -Tool 'C:\Program Files\Microsoft Office\Office16\OSPPREARM.EXE' -Fence 7 -Effect e1
    .OUTPUTS
    Hashtable: program (exitCode, output, timedOut), successLine, marker. Errors: refused (Office was rearmed before), native (no
    such tool here), those of Invoke-VdpWrite.
    .NOTES
    kms.md 5.3 (O2): the line of success is documented in English; its form on other languages, failure texts and exit codes are
    unproven.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Tool,
        [Parameter(Mandatory)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Check {
        if ((Get-VdpOfficeMarker) -eq 'done') { Assert-VdpOfficeOpen }
        $tools = @(Get-VdpOfficeInstall -Os (Get-VdpOs) | ForEach-Object { $_.rearmTool })
        if ($tools -notcontains $Tool) { throw (New-VdpFailure -Kind native -Message "$Tool is not there") }
    } -Act {
        Set-VdpVolatileValue -Name 'officeRearmed' -Value 'begun'
        $end = Invoke-VdpNative -Program $Tool -TimeoutSeconds 120
        $said = $end.output -match 'Microsoft Office rearm successful\.'
        if ($said -or $end.exitCode -eq 0) {
            Set-VdpVolatileValue -Name 'officeRearmed' -Value 'done'
        } elseif (-not $end.timedOut) {
            Remove-VdpRegistryValue -Key 'HKLM\SOFTWARE\vdiskprep' -Name 'officeRearmed'
        }
        @{ program = $end; successLine = $said; marker = $null -ne (Get-VdpOfficeMarker) }
    }
}
