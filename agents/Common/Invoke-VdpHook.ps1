function Invoke-VdpHook {
    <#
    .SYNOPSIS
    Runs one hook of the workflow in a process of its own.
    .DESCRIPTION
    The script and its parameters reach the new PowerShell as data, in a file that it deletes before it runs them; nothing is
    pasted into script text. An exit in the script ends that process only. A failing script exits with 1 and its message. What it
    prints is kept (64 KiB).
    .PARAMETER Script
    The text of the script.
    .PARAMETER Parameters
    Its named parameters.
    .PARAMETER TimeoutSeconds
    The limit; then the process and its children are killed.
    .PARAMETER Beside
    The file beside which the workflow lies; means nothing on a host.
    .PARAMETER Fence
    The fence of the request.
    .PARAMETER Effect
    The name of the act.
    .EXAMPLE
    Invoke-VdpHook -Script 'param($Drive) Get-Volume $Drive' -Parameters @{ Drive = 'C' } -TimeoutSeconds 60 -Fence 7 -Effect e1
    .OUTPUTS
    Hashtable: program (exitCode, output, timedOut), bootGuid (of a target; null elsewhere). Errors: those of Invoke-VdpWrite;
    native.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [string] $Script,
        [Parameter(Mandatory)] [hashtable] $Parameters,
        [Parameter(Mandatory)] [ValidateRange(1, 86400)] [int] $TimeoutSeconds,
        [string] $Beside = '',
        [Parameter(Mandatory)] [long] $Fence,
        [Parameter(Mandatory)] [string] $Effect
    )

    if ($Beside) { Write-Verbose "beside $Beside" }
    $boot = if ($script:VdpHere.Role -eq 'target') { $script:VdpHere.Boot } else { $null }
    $engine = if ($PSVersionTable.PSEdition -eq 'Core') { "$PSHOME/pwsh" } else { "$PSHOME\powershell.exe" }
    $runner = @'
$ProgressPreference = 'SilentlyContinue'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding($false)
try {
    $job = ConvertFrom-Json ([IO.File]::ReadAllText($env:VDP_HOOK))
    Remove-Item -LiteralPath $env:VDP_HOOK -Force
    $named = @{}
    foreach ($one in $job.parameters.PSObject.Properties) { $named[$one.Name] = $one.Value }
    & ([scriptblock]::Create($job.script)) @named
    exit 0
} catch {
    [Console]::Error.WriteLine($_.Exception.Message)
    exit 1
}
'@
    $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($runner))
    $words = '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-EncodedCommand', $encoded
    Invoke-VdpWrite -Fence $Fence -Effect $Effect -Act {
        $file = [System.IO.Path]::GetTempFileName()
        try {
            Write-VdpText -Path $file -Text (ConvertTo-Json -InputObject @{ script = $Script; parameters = $Parameters } -Compress)
            $own = @{ Environment = @{ VDP_HOOK = $file }; Utf8 = $true }
            $end = Invoke-VdpNative -Program $engine -Arguments $words -TimeoutSeconds $TimeoutSeconds @own
        } finally {
            Remove-VdpFile -Path $file
        }
        @{ program = $end; bootGuid = $boot }
    }
}
