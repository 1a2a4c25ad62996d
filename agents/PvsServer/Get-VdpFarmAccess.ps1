function Get-VdpFarmAccess {
    <#
    .SYNOPSIS
    Whether the farm answers this session, for the session's welcome.
    .DESCRIPTION
    A login without outward credentials (SSH key) may reach the host and still get no answer from its SOAP service; so the farm is asked at
    once. Why it does not answer is told by Get-VdpServerState.
    .EXAMPLE
    (Get-VdpFarmAccess).answers
    .OUTPUTS
    Hashtable: answers (Get-PvsFarm gave a farm), soapRuns (the service soapserver is running).
    .NOTES
    The shape is farm in the welcome of src/wire/messages.ts. Source: pvs.md 3.4, 6.1.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $farm = Get-VdpReading { Invoke-VdpPvs { Get-PvsFarm } }
    return @{
        answers = $null -ne $farm -and $farm -isnot [hashtable]
        soapRuns = (Get-VdpService -Name soapserver).state -eq 'running'
    }
}
