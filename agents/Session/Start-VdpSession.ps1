function Start-VdpSession {
    <#
    .SYNOPSIS
    Answers the caller's hello: welcome, or refusal with the reason and the end of the process.
    .DESCRIPTION
    Runs once, when all agents have arrived. After a refusal nothing more is read: in the one-shot form a request is already on its way.
    Enter-VdpHost makes the host's boot identity and accepts the fence, or throws when a higher one stands; it returns boot (GUID), fence
    (the highest accepted), lab (null on a real host) and on a PVS server farm: answers (Get-PvsFarm did) and soapRuns.
    .PARAMETER Hello
    The caller's hello; the agents that run here are those whose hash it names.
    .EXAMPLE
    Start-VdpSession -Hello $Hello
    .OUTPUTS
    Nothing; the frame is its output. After a refusal the process ends with 1.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [PSCustomObject] $Hello)

    $protocol = 1
    try {
        if ($Hello.protocol -ne $protocol) { throw "this host speaks version $protocol of the protocol" }
        $entered = Enter-VdpHost -Role $Hello.role -Run $Hello.run -Owner $Hello.owner -Fence $Hello.fence
        $welcome = @{
            type = 'welcome'
            protocol = $protocol
            computer = if ($env:COMPUTERNAME) { $env:COMPUTERNAME } else { [Environment]::MachineName }
            powershell = "$($PSVersionTable.PSVersion)"
            culture = "$(Get-UICulture)"
            elevated = $true
            boot = $entered.boot
            agents = $Hello.bundle.sha256
            fence = $entered.fence
            lab = $entered.lab
        }
        if ($entered.ContainsKey('farm')) { $welcome.farm = $entered.farm }
        Send-VdpFrame $welcome
    } catch {
        Send-VdpFrame @{ type = 'refusal'; protocol = $protocol; error = (ConvertTo-VdpHostError -ErrorRecord $_) }
        exit 1
    }
}
