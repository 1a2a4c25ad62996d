function Get-VdpPendingReboot {
    <#
    .SYNOPSIS
    Why Windows wants a reboot.
    .DESCRIPTION
    Looks at what servicing, Windows Update and the session manager leave in the registry. Nothing when there is no reason.
    .EXAMPLE
    Get-VdpReading -List { Get-VdpPendingReboot }
    .OUTPUTS
    Strings: Component Based Servicing, Windows Update, file renames, computer name.
    .NOTES
    Unproven: the keys are those that public scripts look at; the reference names none of them.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $now = 'HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion'
    $control = 'HKLM\SYSTEM\CurrentControlSet\Control'
    if (Test-VdpRegistryKey -Key "$now\Component Based Servicing\RebootPending") { 'Component Based Servicing' }
    if (Test-VdpRegistryKey -Key "$now\WindowsUpdate\Auto Update\RebootRequired") { 'Windows Update' }
    $renames = Get-VdpRegistryValue -Key "$control\Session Manager" -Name PendingFileRenameOperations
    if (@($renames | Where-Object { $_ }).Count -gt 0) { 'file renames' }
    $active = Get-VdpRegistryValue -Key "$control\ComputerName\ActiveComputerName" -Name ComputerName
    $wanted = Get-VdpRegistryValue -Key "$control\ComputerName\ComputerName" -Name ComputerName
    if ($active -ne $wanted) { 'computer name' }
}
