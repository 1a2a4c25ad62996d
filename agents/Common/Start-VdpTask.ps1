function Start-VdpTask {
    <#
    .SYNOPSIS
    Surface, writes: runs a program as a scheduled task of the system account, apart from this session.
    .DESCRIPTION
    It runs now, once, and ends at its limit. It outlives the link. Remove-VdpTask takes it away; where nobody comes to do that, as in
    the copy of a disk on which it runs, Windows deletes it once its only trigger has expired: one whose moment was long past.
    .PARAMETER Name
    The task.
    .PARAMETER Program
    Full path.
    .PARAMETER Arguments
    The arguments, each as the program shall see it.
    .PARAMETER TimeoutSeconds
    The limit, which Windows itself keeps.
    .EXAMPLE
    Start-VdpTask -Name vdiskprep-imaging -Program $wizard -Arguments 'P2PVS', '/QuitWhenDone' -TimeoutSeconds 14000
    .OUTPUTS
    Nothing.
    .NOTES
    The scripting objects of the Task Scheduler (Schedule.Service, RegisterTask with flag 6 and logon type 5): Microsoft's
    documentation. They exist since Vista; the ScheduledTasks cmdlets do not exist on Windows 7. Not executed outside Windows.
    EndBoundary, DeleteExpiredTaskAfter, and that a missed start is not made up for without StartWhenAvailable: Microsoft, Task
    Scheduler schema. That a copied Windows deletes it at its first start is unproven.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] [string] $Program,
        [string[]] $Arguments = @(),
        [Parameter(Mandatory)] [int] $TimeoutSeconds
    )

    $line = @($Arguments | ForEach-Object { ConvertTo-VdpArgument -Value $_ }) -join ' '
    $command = [System.Security.SecurityElement]::Escape($Program)
    $line = [System.Security.SecurityElement]::Escape($line)
    $limit = [System.Xml.XmlConvert]::ToString([timespan]::FromSeconds($TimeoutSeconds))
    $culture = [Globalization.CultureInfo]::InvariantCulture
    $until = (Get-Date).ToUniversalTime().AddSeconds($TimeoutSeconds + 300).ToString('yyyy-MM-ddTHH:mm:ssZ', $culture)
    $xml = '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Triggers><TimeTrigger>' +
        "<StartBoundary>2000-01-01T00:00:00Z</StartBoundary><EndBoundary>$until</EndBoundary></TimeTrigger></Triggers>" +
        '<Principals><Principal id="A"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal></Principals><Settings>' +
        '<MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy><DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>' +
        '<DeleteExpiredTaskAfter>PT0S</DeleteExpiredTaskAfter>' +
        "<AllowStartOnDemand>true</AllowStartOnDemand><ExecutionTimeLimit>$limit</ExecutionTimeLimit></Settings>" +
        "<Actions Context=`"A`"><Exec><Command>$command</Command><Arguments>$line</Arguments></Exec></Actions></Task>"
    $scheduler = New-Object -ComObject Schedule.Service
    $scheduler.Connect()
    $task = $scheduler.GetFolder('\').RegisterTask($Name, $xml, 6, 'S-1-5-18', $null, 5)
    $null = $task.Run($null)
}
