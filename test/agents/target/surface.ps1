# A Windows of tables for tests: the thin functions of agents/Common that reach registry, files and tasks are replaced by these, and the cmdlets
# they stand on by functions of the same name. Knows only what $World holds; an unknown class, method or program is an error that names it.
$script:Did = New-Object System.Collections.Generic.List[string]
function Get-VdpRegistryValue {
    param([string] $Key, [string] $Name)
    if (-not $World.registry.ContainsKey($Key)) { return $null }
    return , $World.registry[$Key][$Name]
}
function Test-VdpRegistryKey { param([string] $Key) return $World.registry.ContainsKey($Key) }
function Get-VdpRegistrySubkey {
    param([string] $Key)
    $World.registry.Keys | Where-Object { $_ -like "$Key\*" } | ForEach-Object { $_.Substring($Key.Length + 1).Split('\')[0] } | Sort-Object -Unique
}
function Remove-VdpRegistryValue {
    param([string] $Key, [string] $Name)
    $script:Did.Add("remove $Name")
    if ($World.registry.ContainsKey($Key)) { $World.registry[$Key].Remove($Name) }
}
function Set-VdpVolatileValue {
    param([string] $Name, [string] $Value)
    $script:Did.Add("mark $Name $Value")
    if (-not $World.registry.ContainsKey('HKLM\SOFTWARE\vdiskprep')) { $World.registry['HKLM\SOFTWARE\vdiskprep'] = @{} }
    $World.registry['HKLM\SOFTWARE\vdiskprep'][$Name] = $Value
}
function Test-VdpPath {
    param([string] $Path)
    if ($Path -notmatch '^[A-Z]:\\') { return Test-Path -LiteralPath $Path }
    return @($World.files.Keys | Where-Object { $_ -eq $Path -or $_ -like "$Path\*" }).Count -gt 0
}
function Get-VdpFile {
    param([string] $Path)
    if (-not $World.files.ContainsKey($Path)) { return $null }
    $bytes = [System.Text.Encoding]::UTF8.GetBytes($World.files[$Path])
    $hash = [BitConverter]::ToString([System.Security.Cryptography.SHA256]::Create().ComputeHash($bytes)).Replace('-', '').ToLowerInvariant()
    return @{ path = $Path; bytes = $bytes.Length; sha256 = $hash; modified = '2099-01-01T00:00:00.000Z' }
}
function Get-VdpChildPath {
    param([string] $Folder, [string] $Filter, [switch] $Recurse)
    $World.files.Keys | Where-Object { $_ -like "$Folder\*" -and ($_ -replace '^.*\\', '') -like $Filter } |
        Where-Object { $Recurse -or $_.Substring($Folder.Length + 1) -notlike '*\*' } | Sort-Object
}
function Move-VdpFile {
    param([string] $Path, [string] $To)
    $script:Did.Add("move $Path")
    $World.files[$To] = $World.files[$Path]
    $World.files.Remove($Path)
}
function Remove-VdpFile {
    param([string] $Path)
    $script:Did.Add("delete $Path")
    $World.files.Remove($Path)
}
$script:ReadText = ${function:Read-VdpText}
function Read-VdpText {
    param([string] $Path)
    if ($Path -notmatch '^[A-Z]:\\') { return & $script:ReadText -Path $Path }
    if ($World.files.ContainsKey($Path)) { return $World.files[$Path] }
    return $null
}
function Get-CimInstance {
    [CmdletBinding()]
    param([string] $ClassName, [string] $Namespace, [string] $Filter, [string[]] $Property)
    if (-not $World.cim.ContainsKey($ClassName)) { throw "no class $ClassName is modelled" }
    if ($World.refuses -and $ClassName -like 'SoftwareLicensing*') { Write-Error -Message 'locked' -ErrorId "HRESULT $($World.refuses)" }
    $found = @($World.cim[$ClassName] | ForEach-Object { [PSCustomObject] $_ })
    foreach ($clause in @($Filter -split ' AND ' | Where-Object { $_ })) {
        if ($clause -notmatch "^(\w+) ?(=|IS NOT|IS) ?(?:'([^']*)'|(TRUE|NULL))$") { throw "the filter $clause is not modelled" }
        $name, $how, $text, $word = $Matches[1], $Matches[2], $Matches[3], $Matches[4]
        $found = @($found | Where-Object {
            if ($word -eq 'NULL') { ($null -eq $_.$name) -eq ($how -eq 'IS') } elseif ($word) { $_.$name -eq $true } else { $_.$name -eq $text }
        })
    }
    if ($Property) { return $found | Select-Object -Property $Property }
    return $found
}
function Invoke-CimMethod {
    [CmdletBinding()]
    param([object] $InputObject, [string] $MethodName, [hashtable] $Arguments = @{})
    $script:Did.Add("$MethodName $(@($Arguments.Keys | ForEach-Object { "$_=$("$($Arguments[$_])".Substring(0, [Math]::Min(5, "$($Arguments[$_])".Length)))" }) -join ' ')".Trim())
    if ($World.fails.ContainsKey($MethodName)) { Write-Error -Message "$MethodName failed" -ErrorId "HRESULT $($World.fails[$MethodName])" }
    return [PSCustomObject] @{ ReturnValue = [uint32] 0 }
}
function Stop-Service { [CmdletBinding()] param([string] $Name, [switch] $Force, [switch] $NoWait) Set-State $Name 'Stopped' }
function Start-Service { [CmdletBinding()] param([string] $Name) Set-State $Name 'Running' }
function Set-State([string] $Name, [string] $State) {
    $script:Did.Add("$State $Name")
    ($World.cim.Win32_Service | Where-Object { $_.Name -eq $Name }).State = $State
}
function Get-WinEvent {
    [CmdletBinding()]
    param([hashtable] $FilterHashtable, [int] $MaxEvents)
    $found = @($World.events | Where-Object { $FilterHashtable.Id -contains $_.Id -and $_.Provider -eq $FilterHashtable.ProviderName })
    if ($found.Count -eq 0) { Write-Error -Message 'Es wurden keine Ereignisse gefunden' -ErrorId NoMatchingEventsFound }
    $found | ForEach-Object { [PSCustomObject] $_ }
}
function Resolve-DnsName {
    [CmdletBinding()]
    param([string] $Name, [string] $Type, [switch] $DnsOnly)
    if ($Name -ne "_vlmcs._tcp.$($World.kms.domain)") { Write-Error -Message 'nein' -ErrorId DNS_ERROR_RCODE_NAME_ERROR }
    [PSCustomObject] @{ NameTarget = $World.kms.host; Port = 1688; Priority = 0; Weight = 5 }
    [PSCustomObject] @{ IPAddress = '127.0.0.1' }
}
function Test-VdpName { param([string] $Name) return $Name -eq $World.kms.host }
function Test-VdpPort { param([string] $Machine, [int] $Port) return $Port -eq 1688 }
function Invoke-VdpNative {
    param([string] $Program, [string[]] $Arguments = @(), [int] $TimeoutSeconds)
    $name = $Program -replace '^.*\\', ''
    $script:Did.Add("run $name")
    if (-not $World.programs.ContainsKey($name)) { throw "$name is not modelled" }
    return $World.programs[$name].Clone()
}
function Start-VdpTask { param([string] $Name, [string] $Program, [string[]] $Arguments, [int] $TimeoutSeconds) $script:Did.Add("task $Arguments") }
function Get-VdpTaskState { param([string] $Name) return @{ running = $false; exitCode = 0 } }
function Remove-VdpTask { param([string] $Name) $script:Did.Add('task gone') }
