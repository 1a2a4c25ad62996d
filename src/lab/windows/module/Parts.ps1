# Replaces, inside the agents' module, the thin functions that call .NET for what exists on Windows alone. Everything else of the agents runs as it
# is shipped.
#   Enter-VdpHost          runs as shipped; the welcome must say that this is a lab
#   Get-VdpLockName        several machines of a lab run on one real one: each has locks of its own
#   Set-VdpVolatileValue   the registry of .NET
#   Get-VdpFile            reads the bytes of a file
#   Get-VdpFileSlice       likewise
#   Read-VdpText, Write-VdpText   System.IO.File
#   Invoke-VdpNative       starts a process
#   Test-VdpName, Test-VdpPort    DNS and sockets of .NET
$script:LabEnter = ${function:Enter-VdpHost}
function Enter-VdpHost {
    $entered = & $script:LabEnter @args
    $entered.lab = Invoke-LabSurface -Call lab.describe
    return $entered
}
function Get-VdpLockName {
    param([string] $For)
    return "Global\vdiskprep-$env:VDISKPREP_LAB_LOCK-$For"
}
function Set-VdpVolatileValue {
    param([string] $Name, [string] $Value)
    $null = Invoke-LabSurface -Call registry.volatile -With @{ name = $Name; value = $Value }
}
function Get-VdpFile {
    param([string] $Path, [switch] $NoHash)
    $found = Invoke-LabSurface -Call file.stat -With @{ path = $Path }
    if ($null -eq $found) { return $null }
    return @{ path = $Path; bytes = $found.bytes; sha256 = if ($NoHash) { $null } else { $found.sha256 }; modified = ConvertTo-VdpTime -Value $found.modified }
}
function Get-VdpFileSlice {
    param([string] $Path, [long] $Offset, [long] $Bytes, [int] $DeadlineMs)
    return Invoke-LabSurface -Call file.slice -With @{ path = $Path; offset = $Offset; bytes = $Bytes }
}
$script:LabReadText = ${function:Read-VdpText}
function Read-VdpText {
    param([string] $Path)
    if (-not (Test-LabPath $Path)) { return & $script:LabReadText -Path $Path }
    return Invoke-LabSurface -Call file.read -With @{ path = $Path }
}
$script:LabWriteText = ${function:Write-VdpText}
function Write-VdpText {
    param([string] $Path, [string] $Text)
    if (-not (Test-LabPath $Path)) { return & $script:LabWriteText -Path $Path -Text $Text }
    $null = Invoke-LabSurface -Call file.write -With @{ path = $Path; text = $Text }
}
function Invoke-VdpNative {
    param([string] $Program, [string[]] $Arguments = @(), [int] $TimeoutSeconds, [hashtable] $Environment = @{}, [switch] $Utf8)
    $asked = @{ program = $Program; arguments = @($Arguments); timeoutSeconds = $TimeoutSeconds }
    if ($Environment['VDP_HOOK']) { $asked.hook = [System.IO.File]::ReadAllText($Environment['VDP_HOOK']) }
    $end = Invoke-LabSurface -Call native.run -With $asked
    return @{ exitCode = $end.exitCode; output = $end.output; timedOut = $end.timedOut }
}
function Test-VdpName {
    param([string] $Name)
    return Invoke-LabSurface -Call dns.finds -With @{ name = $Name }
}
function Test-VdpPort {
    param([string] $Machine, [int] $Port)
    return Invoke-LabSurface -Call net.connects -With @{ machine = $Machine; port = $Port }
}
