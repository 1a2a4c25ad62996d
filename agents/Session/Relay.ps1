# Runs on this machine, in a shell that node-powershell holds, and carries a session to a host over PowerShell remoting: it opens a remote
# session, makes the bootstrap (Bootstrap.ps1) run there, and hands each line it reads to it. What the host answers goes to stdout as it is.
# Destination and credential are read from stdin as data, like every later line: they stand on no command line, and no log of scripts sees them.
# The password has a line of its own and touches .NET alone: a log of pipelines shows what is bound to commands (ConvertFrom-Json as well).
# WSMan exists on Windows alone, so Connect-VdpHost is proved only with the line that opens the session replaced by one that goes over SSH.
function Read-VdpSecret {
    $secret = New-Object Security.SecureString
    $text = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String([Console]::In.ReadLine()))
    foreach ($char in $text.ToCharArray()) { $secret.AppendChar($char) }
    , $secret
}
function Connect-VdpHost($To) {
    $way = @{ ComputerName = $To.address; Authentication = $To.authentication; UseSSL = [bool] $To.ssl }
    if ($To.port) { $way.Port = $To.port }
    if ($To.user) { $way.Credential = New-Object PSCredential($To.user, (Read-VdpSecret)) }
    New-PSSession @way
}
# Exit codes: 21 when the way to the host is not there or broke, 22 when the host ended the session.
function Start-VdpRelay {
    $ProgressPreference = 'SilentlyContinue'
    $ErrorActionPreference = 'Stop'
    $out = [Console]::OpenStandardOutput()
    $say = {
        $bytes = [Text.Encoding]::ASCII.GetBytes([string] $args[0])
        $out.Write($bytes, 0, $bytes.Length)
        $out.Flush()
    }
    try {
        $to = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String([Console]::In.ReadLine())))
        $session = Connect-VdpHost $to
    } catch {
        [Console]::Error.WriteLine($_.Exception.Message)
        exit 21
    }
    $block = [scriptblock]::Create($to.bootstrap)
    $each = { param([string] $Line) try { Invoke-VdpLine $Line } catch { exit 1 } }
    $end = "`n"
    $arguments = @{}
    do {
        try {
            Invoke-Command -Session $session -ScriptBlock $block @arguments 2>&1 | ForEach-Object {
                if ($_ -is [System.Management.Automation.ErrorRecord]) { [Console]::Error.WriteLine("$_") } else { & $say "$_$end" }
            }
        } catch {
            [Console]::Error.WriteLine($_.Exception.Message)
        }
        $block = $each
        $end = ''
        $line = if ($session.State -eq 'Opened') { [Console]::In.ReadLine() }
        $arguments = @{ ArgumentList = $line }
    } while ($null -ne $line)
    if ($session.State -eq 'Broken') { exit 21 }
    if ($session.State -ne 'Opened') { exit 22 }
    Remove-PSSession -Session $session
}
