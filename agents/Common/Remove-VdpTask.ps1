function Remove-VdpTask {
    <#
    .SYNOPSIS
    Surface, writes: stops a scheduled task and takes it away.
    .DESCRIPTION
    A task that is not there is removed already.
    .PARAMETER Name
    The task.
    .EXAMPLE
    Remove-VdpTask -Name vdiskprep-imaging
    .OUTPUTS
    Nothing.
    .NOTES
    IRegisteredTask.Stop, ITaskFolder.DeleteTask: Microsoft's documentation. Not executed outside Windows.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Name)

    $scheduler = New-Object -ComObject Schedule.Service
    $scheduler.Connect()
    $folder = $scheduler.GetFolder('\')
    foreach ($task in @($folder.GetTasks(1) | Where-Object { $_.Name -eq $Name })) {
        $task.Stop(0)
        $folder.DeleteTask($Name, 0)
    }
}
