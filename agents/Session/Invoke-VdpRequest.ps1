function Invoke-VdpRequest {
    <#
    .SYNOPSIS
    Runs one operation and answers with its facts or its error, always with exactly one frame.
    .DESCRIPTION
    Only a function that the agents export can be called, and only by its full name. Arguments are bound as parameters, never pasted into
    text; Fence, Effect and DeadlineMs are added where the operation declares them. What the operation writes to the warning or verbose
    stream becomes the log; everything else it returns must be one object, the facts.
    .PARAMETER Request
    The request as it was received.
    .PARAMETER Agents
    The module that holds the agents.
    .EXAMPLE
    Invoke-VdpRequest -Request $Request -Agents $Module
    .OUTPUTS
    Nothing; the frame is its output. Errors: none leaves it; missing (no such operation) is answered.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [PSCustomObject] $Request,
        [Parameter(Mandatory)] [System.Management.Automation.PSModuleInfo] $Agents
    )

    $log = New-Object System.Collections.Generic.List[string]
    try {
        $operation = $Agents.ExportedFunctions[[string] $Request.op]
        if ($null -eq $operation) { throw (New-VdpFailure -Kind missing -Message "no operation $($Request.op) here") }
        $arguments = ConvertTo-VdpHashtable -Value $Request.args
        foreach ($name in 'Fence', 'Effect', 'DeadlineMs') {
            if ($operation.Parameters.ContainsKey($name)) { $arguments[$name] = $Request.$name }
        }
        $facts = @(& $operation @arguments 3>&1 4>&1 | ForEach-Object {
            if ($_ -is [System.Management.Automation.InformationalRecord]) { $log.Add("$_") } else { , $_ }
        })
        if ($facts.Count -ne 1) { throw "$($Request.op) returned $($facts.Count) objects instead of one" }
        Send-VdpFrame @{ type = 'reply'; id = $Request.id; ok = $true; facts = $facts[0]; log = $log.ToArray() }
    } catch {
        $failure = ConvertTo-VdpHostError -ErrorRecord $_
        Send-VdpFrame @{ type = 'reply'; id = $Request.id; ok = $false; error = $failure; log = $log.ToArray() }
    }
}
