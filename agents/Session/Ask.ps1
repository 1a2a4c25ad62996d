# Answers by hand: what vdiskprep asks of this computer lies as files beside this script (src/remote/by-hand/folder.ts), because no wire leads
# here. Started with the name of a host, it answers all questions of that host in their order, each once: an answer that is there is never
# written again, and an act that was begun is not begun a second time, be it by its mark in this folder or by its receipt on this computer.
# The agents that answer are those of every other way; each question has a hello of its own, so that fences count here as well.
#   Anyway  this computer has another name than the questions expect, and a person knows that it is the one
#   Show    prints the answers as well, each as one line to be copied and pasted where vdiskprep waits
# For itself it starts this file once more for each question (Bootstrap, Lines, Effect): an agent that refuses a hello ends the script it
# runs in, and only that.
param(
    [string] $Name = '',
    [switch] $Anyway,
    [switch] $Show,
    [string] $Bootstrap = '',
    [string[]] $Lines = @(),
    [string] $Effect = ''
)
$ProgressPreference = 'SilentlyContinue'
$ErrorActionPreference = 'Stop'

if ($Bootstrap) {
    # The frames come as output of the pipeline; functions of the agents' module look for the one that makes them in the global scope.
    Set-Variable -Name VdpShell -Value 2
    . $Bootstrap
    Set-Item -Path function:global:Send-VdpFrame -Value ${function:Send-VdpFrame}
    Invoke-VdpLine $Lines[0]
    if ($Effect) {
        $module = $Vdp.Agents
        $kept = & $module { param($Effect) @((Read-VdpActStore).receipts | Where-Object { $_.effect -eq $Effect }).Count } $Effect
        if ($kept) { return 'VDP-BEGUN' }
    }
    if ($Lines.Count -gt 1) { Invoke-VdpLine $Lines[1] }
    return
}

# PowerShell 2.0 and Constrained Language Mode come this far, to say what they are.
$unfit = @()
if ("$($ExecutionContext.SessionState.LanguageMode)" -ne 'FullLanguage') { $unfit += 'PowerShell is not in full language mode' }
if ([int] $PSVersionTable.PSVersion.Major -lt 5) { $unfit += "PowerShell is $($PSVersionTable.PSVersion), and 5.1 is needed" }
if ($env:PROCESSOR_ARCHITECTURE -eq 'x86' -and $env:PROCESSOR_ARCHITEW6432) { $unfit += 'this is the 32-bit PowerShell' }
if (-not $unfit -and $env:OS -eq 'Windows_NT') {
    $me = [Security.Principal.WindowsPrincipal] [Security.Principal.WindowsIdentity]::GetCurrent()
    if (-not $me.IsInRole([Security.Principal.WindowsBuiltInRole] 'Administrator')) { $unfit += 'it was not started as administrator' }
}
if ($unfit) {
    "Nothing was asked: $($unfit -join '; ')."
    exit 3
}

$self = $MyInvocation.MyCommand.Path
$root = Split-Path -Parent $self
$place = Join-Path $root $Name
if (-not $Name -or -not (Test-Path -LiteralPath $place)) {
    $hosts = @(Get-ChildItem -LiteralPath $root -Directory | Where-Object { 'agents', 'done' -notcontains $_.Name }) -join ', '
    "Nothing was asked: say for which host, such as: ask.ps1 W11-MASTER. There is no folder $place. Questions lie here for: $hosts."
    exit 2
}
# Many sites forbid to write to removable drives. What only reads is then answered on the screen; an act needs its mark in the folder.
$writes = $true
try {
    $mark = Join-Path $place 'may-be-written'
    [IO.File]::Open($mark, 'OpenOrCreate', 'Write', 'ReadWrite, Delete').Dispose()
    [IO.File]::Delete($mark)
} catch {
    $writes = $false
    if (-not $Show) {
        "Nothing was asked: $place cannot be written here. Free it for writing, or add -Show: then what only reads is answered on the screen."
        exit 4
    }
}
$computer = if ($env:COMPUTERNAME) { $env:COMPUTERNAME } else { [Environment]::MachineName }

# The provider class also answers under the FIPS policy.
function Get-VdpHandHash([string[]] $Parts) {
    $bytes = [Text.Encoding]::UTF8.GetBytes($Parts -join "`n")
    $hash = (New-Object Security.Cryptography.SHA256CryptoServiceProvider).ComputeHash($bytes)
    [BitConverter]::ToString($hash).Replace('-', '').ToLowerInvariant()
}
# A product key of the site's own is no part of the question: whoever stands here types it, and it is written nowhere.
function Get-VdpHandRequest([string] $Line) {
    $message = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Line)))
    $key = $message.args.PSObject.Properties['key']
    if ($null -eq $key -or "$($key.Value)" -notmatch '^(?:env|file|prompt):.+ \.\.\.([A-Z0-9]{5})$') { return $Line }
    $last = $Matches[1]
    $Host.UI.Write("The product key that ends in ${last}: ")
    $typed = $Host.UI.ReadLineAsSecureString()
    $text = (New-Object Management.Automation.PSCredential('key', $typed)).GetNetworkCredential().Password.Trim().ToUpperInvariant()
    if (-not $text.EndsWith($last)) { throw "that key does not end in $last; nothing was asked" }
    $message.args.key = $text
    [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes((ConvertTo-Json -InputObject $message -Depth 20 -Compress)))
}

$done = 0
$waiting = 0
$strange = 0
$names = ''
foreach ($file in @(Get-ChildItem -LiteralPath $place -Filter '*.request.json' | Sort-Object -Property Name)) {
    $base = $file.FullName -replace '\.request\.json$'
    if (Test-Path -LiteralPath "$base.answer.json") { continue }
    $waiting++
    $ask = ConvertFrom-Json ([IO.File]::ReadAllText($file.FullName))
    $said = "$($file.Name -replace '-.*$')  $(if ($ask.act) { 'CHANGES: ' })$($ask.does)"
    $question = @($ask.lines)
    if ($ask.sha256 -ne (Get-VdpHandHash (@($ask.id, $ask.host, $ask.agents, "$($ask.effect)") + $question))) {
        "${said}: left out, the file is damaged. Delete it; vdiskprep writes it again."
        continue
    }
    if (-not $Anyway -and @($ask.computers) -notcontains $computer) {
        $strange++
        $names = @($ask.computers) -join ' or '
        continue
    }
    if ($ask.act -and -not $writes) {
        "${said}: left out, because what changes this computer needs a folder that can be written."
        continue
    }
    $heard = New-Object System.Collections.Generic.List[string]
    $begun = $false
    $trouble = ''
    try {
        if ($ask.act) {
            $question[1] = Get-VdpHandRequest $question[1]
            try { [IO.File]::Open("$base.begun", 'CreateNew').Dispose() } catch [IO.IOException] { $begun = $true }
        }
        if ($begun) { $question = @($question[0]) }
        $inside = @{ Bootstrap = Join-Path (Join-Path (Join-Path $root 'agents') $ask.agents) 'Bootstrap.ps1'; Lines = $question; Effect = "$($ask.effect)" }
        & $self @inside | ForEach-Object {
            foreach ($line in "$_" -split '\r?\n') { if ($line -match '^VDP[ -]') { $heard.Add($line) } }
        }
    } catch {
        $trouble = "$($_.Exception.Message)"
    }
    # Without a word of the agents nothing was done, unless an act may have been.
    if ($trouble -and -not (Test-Path -LiteralPath "$base.begun")) {
        "${said}: not answered: $trouble"
        continue
    }
    if ($begun) { $heard.Add('VDP-BEGUN') }
    $answer = [ordered] @{
        form = 1
        id = $ask.id
        host = $ask.host
        computer = $computer
        answered = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture)
        lines = $heard.ToArray()
    }
    $answer.sha256 = Get-VdpHandHash (@($answer.id, $answer.host, $answer.computer, $answer.answered) + $answer.lines)
    $text = ConvertTo-Json -InputObject $answer -Depth 4 -Compress
    if ($writes) {
        [IO.File]::WriteAllText("$base.answer.part", $text, [Text.Encoding]::ASCII)
        [IO.File]::Move("$base.answer.part", "$base.answer.json")
    }
    $done++
    if ($heard -contains 'VDP-BEGUN') { "${said}: it was begun before, so it was not begun again; its receipt will tell" }
    elseif ($trouble) { "${said}: begun, and then: $trouble" }
    else { "${said}: answered" }
    if ($Show) { $text }
}
if ($strange) { "$strange left out, because this is $computer and not $names. If it is the one all the same, add -Anyway." }
$next = if ($writes) { 'Take the folder back to vdiskprep.' } else { 'Paste the lines in braces where vdiskprep waits: nothing was written here.' }
if ($done) { "$done answered for $Name on $computer. $next" }
elseif ($waiting) { "Nothing was answered for $Name on $computer." }
else { "Nothing waits for ${Name}: every question here has its answer." }
