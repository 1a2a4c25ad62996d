function Invoke-VdpImaging {
    <#
    .SYNOPSIS
    Copies this machine's hard disk to the attached vDisk with Citrix' Imaging Wizard (experimental).
    .DESCRIPTION
    Runs as a scheduled task of the system account, so that it outlives the link, and follows its end; success is told by the
    wizard's own log, not by its exit code. VSS is started and the shell's hardware detection stopped before; the latter is put
    back afterwards; of an agent that was killed meanwhile it stays stopped until Windows starts again. The task is taken away when
    it has ended. The licensing type cannot be set by a documented option: only none is taken, the seal sets it.
    .PARAMETER VolumeLicensing
    none, kms or mak.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act.
    .PARAMETER DeadlineMs
    Milliseconds the whole may take.
    .EXAMPLE
    Invoke-VdpImaging -VolumeLicensing none -Fence 4 -Effect e1 -DeadlineMs 14400000
    .OUTPUTS
    Hashtable: program (exitCode, output: the end of the log, timedOut), successLine. Errors: refused (no vDisk attached
    read/write, Windows already runs from it, kms or mak asked), missing (no wizard), busy (it runs already), those of
    Invoke-VdpWrite.
    .NOTES
    pvs.md 6.5 (S6): folder, command lines for BIOS and UEFI, swprv, vss, ShellHWDetection, log, the word successful. That the
    wizard works without a desktop is unproven.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [ValidateSet('none', 'kms', 'mak')] [string] $VolumeLicensing,
        [Parameter(Mandatory)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect,
        [Parameter(Mandatory)] [int] $DeadlineMs
    )

    $task = 'vdiskprep-imaging'
    $wizard = "$env:ProgramFiles\Citrix\Provisioning Services\ImagingWizard.exe"
    Invoke-VdpWrite -Fence $Fence -Effect $Effect -TaskName $task -Check {
        if ($VolumeLicensing -ne 'none') {
            $why = 'no documented option of the Imaging Wizard sets the licensing type: the seal does'
            throw (New-VdpFailure -Kind refused -Message $why)
        }
        Assert-VdpImagingState
        if (-not (Test-VdpPath -Path $wizard)) { throw (New-VdpFailure -Kind missing -Message "$wizard is not there") }
        if ((Get-VdpTaskState -Name $task).running) { throw (New-VdpFailure -Kind busy -Message 'the Imaging Wizard runs already') }
    } -Act {
        $start = Get-Date
        $left = [Math]::Max(60, [int] ($DeadlineMs / 1000) - 60)
        $shell = (Get-VdpService -Name ShellHWDetection).state
        foreach ($name in 'swprv', 'vss') { Set-VdpServiceState -Name $name -State running }
        try {
            if ($shell -eq 'running') { Set-VdpServiceState -Name ShellHWDetection -State stopped }
            Start-VdpTask -Name $task -Program $wizard -Arguments (Get-VdpImagingWord) -TimeoutSeconds $left
            $end = Wait-VdpTask -Name $task -TimeoutSeconds $left
        } finally {
            Remove-VdpTask -Name $task
            if ($shell -eq 'running') { Set-VdpServiceState -Name ShellHWDetection -State running }
        }
        $log = Get-VdpImagingLog -Since $start
        $program = @{ exitCode = $end.exitCode; output = $log; timedOut = $end.timedOut }
        @{ program = $program; successLine = -not $end.timedOut -and $log -match 'successful' }
    }
}
