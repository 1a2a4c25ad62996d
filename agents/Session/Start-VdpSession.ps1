function Start-VdpSession {
    <#
    .SYNOPSIS
    Answers the caller's hello: welcome, or refusal with the reason.
    .DESCRIPTION
    Runs once, when all agents have arrived. Enter-VdpHost makes the host's boot identity and accepts the fence, or throws when a higher
    one stands; it returns boot (GUID), fence (the highest accepted) and lab (null on a real host).
    .PARAMETER Hello
    The caller's hello; the agents that run here are those whose hash it names.
    .EXAMPLE
    Start-VdpSession -Hello $Hello
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [PSCustomObject] $Hello)

    $protocol = 1
    try {
        if ($Hello.protocol -ne $protocol) { throw "this host speaks version $protocol of the protocol" }
        $entered = Enter-VdpHost -Role $Hello.role -Run $Hello.run -Owner $Hello.owner -Fence $Hello.fence
        Send-VdpFrame @{
            type = 'welcome'
            protocol = $protocol
            computer = [Environment]::MachineName
            powershell = "$($PSVersionTable.PSVersion)"
            culture = "$(Get-UICulture)"
            elevated = $true
            boot = $entered.boot
            agents = $Hello.bundle.sha256
            fence = $entered.fence
            lab = $entered.lab
        }
    } catch {
        Send-VdpFrame @{ type = 'refusal'; protocol = $protocol; error = (ConvertTo-VdpHostError -ErrorRecord $_) }
    }
}
