# Starts an agent session. Sent to the host as one encoded command line (src/remote/bootstrap.ts drops comments and indentation; cmd.exe
# cuts at 8,191 characters, so this stays short), to a shell that node-powershell holds and that reads stdin itself ($VdpShell is 1 there), or
# into a remote session whose caller takes the frames as output (Relay.ps1; $VdpShell is 2). Where the agents are installed on the host it is a
# file there, with Installed.ps1 in it (src/remote/installed.ts).
#
# Up to the greeting nothing but cmdlets and language, so that PowerShell 2.0 and Constrained Language Mode can say what they are; each
# statement on one line. The greeting begins with an empty line, because a console may have left something on the first one. Elevation is
# asked only where the language allows it; off Windows there is nothing to be elevated for. The pipeline's input variable must not be named
# here: the PowerShell host would then read stdin itself.
$ProgressPreference = 'SilentlyContinue'
$VdpMode = "$($ExecutionContext.SessionState.LanguageMode)"
$VdpFull = $VdpMode -eq 'FullLanguage'
$VdpBits = '64'
if ($env:PROCESSOR_ARCHITECTURE -eq 'x86') { $VdpBits = '32' }
if ($VdpBits -eq '32' -and -not $env:PROCESSOR_ARCHITEW6432) { $VdpBits = '32 os=32' }
$VdpAdmin = $env:OS -ne 'Windows_NT'
if ($VdpFull -and -not $VdpAdmin) { $VdpAdmin = ([Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()).IsInRole([Security.Principal.WindowsBuiltInRole]'Administrator') }
"`nVDP-HELLO ps=$($PSVersionTable.PSVersion) lang=$VdpMode bits=$VdpBits elevated=$([int]$VdpAdmin)"
if (-not $VdpFull -or $PSVersionTable.PSVersion.Major -lt 5) { exit 3 }

# From here on the caller speaks: hello, numbered parts of the agents, then requests. Every frame begins on a line of its own, whatever a
# script printed before it.
$ErrorActionPreference = 'Stop'
$Vdp = @{ Out = [Console]::OpenStandardOutput() }
function Send-VdpFrame($Message) {
    $json = ConvertTo-Json -InputObject $Message -Depth 20 -Compress
    $body = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json))
    $frame = "`nVDP $($Vdp.Hello.nonce) $body`n"
    if ($VdpShell -eq 2) { return $frame }
    $line = [Text.Encoding]::ASCII.GetBytes($frame)
    $Vdp.Out.Write($line, 0, $line.Length)
    $Vdp.Out.Flush()
}
# The provider class also answers under the FIPS policy.
function Get-VdpHash([byte[]] $Bytes) {
    $hash = (New-Object Security.Cryptography.SHA256CryptoServiceProvider).ComputeHash($Bytes)
    [BitConverter]::ToString($hash).Replace('-', '').ToLowerInvariant()
}
function Deny-VdpHello($Kind, $Why, $Id) {
    $no = @{ kind = $Kind; message = $Why; hresult = $null; returnCode = $null; details = $Id; at = $null }
    Send-VdpFrame @{ type = 'refusal'; protocol = $Vdp.Hello.protocol; error = $no }
    exit 1
}
# Where the agents are installed on the host, Installed.ps1 takes the place of this function.
function Receive-VdpAgents($Message) {
    if ($Message.type -eq 'hello') { $Vdp.Hello = $Message; $Vdp.Text = New-Object IO.MemoryStream; return }
    $bytes = [Convert]::FromBase64String($Message.content)
    $Vdp.Text.Write($bytes, 0, $bytes.Length)
    Send-VdpFrame @{ type = 'ack'; n = $Message.n; sha256 = (Get-VdpHash $bytes) }
    if ($Message.n + 1 -lt $Vdp.Hello.bundle.parts) { return }
    $all = $Vdp.Text.ToArray()
    try {
        if ((Get-VdpHash $all) -ne $Vdp.Hello.bundle.sha256) { throw 'agents altered' }
        $Vdp.Agents = New-Module ([scriptblock]::Create([Text.Encoding]::UTF8.GetString($all)))
        Start-VdpSession -Hello $Vdp.Hello
    } catch { Deny-VdpHello internal "$_" -Id $_.FullyQualifiedErrorId }
}
function Invoke-VdpLine([string] $Line) {
    $message = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Line)))
    if ($message.type -eq 'request') { Invoke-VdpRequest -Request $message -Agents $Vdp.Agents }
    else { Receive-VdpAgents $message }
}

# A shell that reads stdin itself calls Invoke-VdpLine line by line; else this loop does, with a reader of its own ([Console]::In has hung
# on named pipes, PowerShell pull request 2336) until stdin ends.
if (-not $VdpShell) {
    $VdpIn = New-Object IO.StreamReader([Console]::OpenStandardInput(), [Text.Encoding]::ASCII)
    while ($null -ne ($VdpLine = $VdpIn.ReadLine())) { Invoke-VdpLine $VdpLine }
    exit
}
