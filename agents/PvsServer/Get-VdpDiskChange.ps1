function Get-VdpDiskChange {
    <#
    .SYNOPSIS
    What the audit trail says of a vDisk in the last hour, oldest first.
    .DESCRIPTION
    Without auditing in the farm there is no trail, which is not the same as no change. PVS cuts the moment asked for to minutes, so the
    hour is measured again here.
    .PARAMETER Guid
    The disk locator.
    .EXAMPLE
    Get-VdpDiskChange -Guid $guid
    .OUTPUTS
    Hashtables: at, by (DOMAIN\user), action, object. Errors: internal (auditing is off in this farm), those of Invoke-VdpPvs.
    .NOTES
    Source: PvsAuditTrail, PvsFarm; pvs.md 4.6. Whether its times are local or UTC is unproven; without a mark they count as local.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] [guid] $Guid)

    if (-not (Invoke-VdpPvs { Get-PvsFarm }).AuditingEnabled) { throw 'auditing is off in this farm' }
    $since = (Get-Date).AddHours(-1)
    $trail = @(Find-VdpPvs -Absent 37, 98 -Call { Get-PvsAuditTrail -DiskLocatorId $Guid -BeginDate $since })
    foreach ($entry in @($trail | Where-Object { $_.Time.ToUniversalTime() -ge $since.ToUniversalTime() } | Sort-Object -Property Time)) {
        @{
            at = ConvertTo-VdpTime -Value $entry.Time
            by = (@("$($entry.Domain)", "$($entry.UserName)") | Where-Object { $_ }) -join '\'
            action = Get-VdpAuditAction -Action $entry.Action
            object = "$($entry.ObjectName)"
        }
    }
}
