import { beforeAll, describe, expect, test } from '@jest/globals'
import { pwshMissing } from '../../fixtures/powershell.ts'
import type { Edge } from './edge.ts'
import { rig } from './rigs.ts'

const missing = pwshMissing()
const where = missing === undefined ? describe : describe.skip

const error = (id: string) => `Write-Error -Message 'nein' -ErrorId '${id}'`
const services = (states: string) => `$script:States = [System.Collections.Generic.Queue[string]] [string[]] @(${states})
  function Start-Sleep { }
  function Get-CimInstance { [CmdletBinding()] param($ClassName, $Namespace, $Filter, $Property)
    if ($Filter -eq "Name='none'") { return }
    $state = if ($script:States.Count -gt 1) { $script:States.Dequeue() } else { $script:States.Peek() }
    [pscustomobject] @{ Name = 'VSS'; State = $state; StartMode = 'Manual'; StartName = 'x'; ProcessId = [uint32] 7; ExitCode = [uint32] 0 } }`
const scheduler = (tasks: string) => `$script:Did = @()
  function New-Object { param($ComObject) if (-not $ComObject) { return Microsoft.PowerShell.Utility\\New-Object @args }
    $folder = [pscustomobject] @{}
    $folder | Add-Member ScriptMethod GetTasks { param($Hidden) if ($Hidden -ne 1) { throw 'hidden' }; ${tasks} | ForEach-Object { $_ | Add-Member ScriptMethod Stop { param($How) $script:Did += "stop $How" } -PassThru } }
    $folder | Add-Member ScriptMethod DeleteTask { param($Name, $How) $script:Did += "delete $Name $How" }
    $folder | Add-Member ScriptMethod RegisterTask { param($Name, $Xml, $Flags, $User, $Password, $Logon) $script:Xml = [xml] $Xml; $script:Did += "$Name $Flags $User $Logon"; [pscustomobject] @{} | Add-Member ScriptMethod Run { param($With) $script:Did += 'run' } -PassThru }
    $all = [pscustomobject] @{ Folder = $folder }
    $all | Add-Member ScriptMethod Connect { $script:Did += 'connect' }
    $all | Add-Member ScriptMethod GetFolder { param($Path) if ($Path -eq '\\') { $this.Folder } } -PassThru }`
const state = (number: number, result = 0) =>
  `${scheduler(`[pscustomobject] @{ Name = 'one'; State = ${number}; LastTaskResult = ${result} }`)}; $one = Get-VdpTaskState -Name one; $one.running; $one.exitCode`
const events = (more: string) => `function Get-WinEvent { [CmdletBinding()] param($FilterHashtable, $MaxEvents) ${more} }`
const found = `$script:Asked = "$($FilterHashtable.LogName) $($FilterHashtable.ProviderName) $($FilterHashtable.Id) $MaxEvents"
  foreach ($n in 9, 10, 8) { [pscustomobject] @{ Id = 5; RecordId = $n; TimeCreated = [datetime] '2026-01-02T00:00:00Z'; Properties = @([pscustomobject] @{ Value = 1 }); Message = 'text' } }`
const folder = (more: string) =>
  `$script:Ran = @(); function Invoke-VdpNative { param($Program, $Arguments, $TimeoutSeconds) $script:Ran += ($Arguments | Select-Object -Skip 1) -join ' '; @{ exitCode = 0; output = 'nein' } }; ${more}`
const hresult = (text: string) => `ConvertTo-VdpHResult -Text '${text}'`
const native = (said: string) =>
  `try { throw ${said} } catch { $one = ConvertTo-VdpHostError -ErrorRecord $_; $one.kind; $one.message; $one.hresult }`

const OPERATIONS = `
function Get-VdpTwo { 1; 2 }
function Get-VdpNone { }
function Get-VdpLoud { [CmdletBinding()] param() Write-Verbose 'v' -Verbose; Write-Warning 'w'; @{ a = 1 } }
function Get-VdpGiven { [CmdletBinding()] param([string[]] $A, [long] $Fence, [string] $Effect, [int] $DeadlineMs) "$($A.Count) $Fence $Effect $DeadlineMs" }`
const request = (op: string, look: string) => `function Send-VdpFrame($Message) { $script:Sent = $Message }
  $request = ConvertFrom-Json '{"id":4,"op":"${op}","args":${op === 'Get-VdpGiven' ? '{"a":["x"]}' : '{}'},"fence":7,"effect":"e","deadlineMs":5}'
  Invoke-VdpRequest -Request $request -Agents $ExecutionContext.SessionState.Module; $script:Sent.type; $script:Sent.id; $script:Sent.ok; ${look}`

/** What is asked of one function that all roles share, and everything that comes of it. $here is a folder of the test. */
const cases: readonly Edge[] = [
  ['a code among words', hresult('Fehler: 0xc004f074 (x)'), '0xC004F074'],
  [
    'a code that .NET makes of its own is none, nor is success',
    `${hresult('0x80131500')}; ${hresult('0x00000000')}; ${hresult('0x80131500 0xC004F074')}`,
    '',
    '',
    '',
  ],
  ['a number that is too long is no code', hresult('0xC004F0745'), ''],
  [
    'an error of arguments',
    "try { Get-VdpService -Name 'a''b' } catch { (ConvertTo-VdpHostError -ErrorRecord $_).kind }",
    'arguments',
  ],
  [
    'an error of a method tells what went wrong inside it',
    "try { [IO.File]::ReadAllText('/nowhere/x') } catch { $one = ConvertTo-VdpHostError -ErrorRecord $_; $one.kind; $one.message; $one.hresult }",
    'internal',
    expect.stringMatching(/^Could not find/),
    '0x80070003',
  ],
  [
    'a failure with everything',
    native(`(New-VdpFailure -Kind pvs -Message m -HResult 0x1 -ReturnCode 0 -Details d)`),
    'pvs',
    'm',
    '0x1',
  ],
  [
    'a failure with a return code of 0 and details',
    `try { throw (New-VdpFailure -Kind pvs -Message m -ReturnCode 0 -Details d) } catch { $one = ConvertTo-VdpHostError -ErrorRecord $_; $one.returnCode; $one.details; $one.at -match 'line \\d+$' }`,
    0,
    'd',
    true,
  ],
  [
    'paths of the registry',
    "ConvertTo-VdpRegistryPath -Key 'HKU\\S-1\\x'; ConvertTo-VdpRegistryPath -Key 'HKLM\\a\\b'",
    'Registry::HKEY_USERS\\S-1\\x',
    'Registry::HKEY_LOCAL_MACHINE\\a\\b',
  ],
  [
    'a value of the registry, and one that is not there',
    `function Test-Path { $true }; function Get-ItemProperty { [CmdletBinding()] param($LiteralPath) [pscustomobject] @{ Many = @('a', 'b'); One = $LiteralPath } }; Get-VdpRegistryValue -Key HKLM\\a -Name Many; Get-VdpRegistryValue -Key HKLM\\a -Name One; $null -eq (Get-VdpRegistryValue -Key HKLM\\a -Name None)`,
    'a',
    'b',
    'Registry::HKEY_LOCAL_MACHINE\\a',
    true,
  ],
  [
    'a key that is not there',
    'function Test-Path { $false }; $null -eq (Get-VdpRegistryValue -Key HKLM\\a -Name b); @(Get-VdpRegistrySubkey -Key HKLM\\a).Count; Remove-VdpRegistryValue -Key HKLM\\a -Name b',
    true,
    0,
  ],
  [
    'keys below a key, in order',
    "function Test-Path { $true }; function Get-ChildItem { [CmdletBinding()] param($LiteralPath) 'b', 'a' | ForEach-Object { [pscustomobject] @{ PSChildName = $_ } } }; Get-VdpRegistrySubkey -Key HKLM\\a",
    'a',
    'b',
  ],
  [
    'scalars of facts, at two depths, cut where they are long',
    `$one = ConvertTo-VdpScalar -Facts @{ a = 'x' * 1025; b = $null; c = @(1); d = @{ e = $true; f = @{ g = 1 }; h = 'y' * 1024; i = 2 } }; $one.a.Length; $one.ContainsKey('b'); $one.ContainsKey('c'); $one['d.e']; $one.ContainsKey('d.f'); $one['d.h'].Length; $one['d.i']; $one.Count`,
    1024,
    true,
    false,
    true,
    false,
    1024,
    2,
    5,
  ],
  [
    'a moment in UTC',
    "ConvertTo-VdpTime -Value ([datetime]::SpecifyKind('2026-01-02 03:04:05.678', 'Utc'))",
    '2026-01-02T03:04:05.678Z',
  ],
  [
    'moments, tables and lists of a request',
    `$one = ConvertTo-VdpHashtable -Value (ConvertFrom-Json '{"a":[1],"b":{"c":null},"d":[{"e":1}],"f":"x"}'); $one.a -is [array]; $one.a.Count; $one.b.ContainsKey('c'); $one.d[0] -is [hashtable]; $one.f; 'at ' + (ConvertTo-VdpHashtable -Value ([datetime]::SpecifyKind('2026-01-02 03:04:05', 'Utc')))`,
    true,
    1,
    true,
    true,
    'x',
    'at 2026-01-02T03:04:05Z',
  ],
  [
    'a property, and none',
    "Get-VdpProperty -Of 'abc' -Name Length; $null -eq (Get-VdpProperty -Of 'abc' -Name No); $null -eq (Get-VdpProperty -Of $null -Name No)",
    3,
    true,
    true,
  ],
  [
    'a reading that fails is unknown',
    "(Get-VdpReading { throw 'no' }).unknown; (Get-VdpReading { throw (New-VdpFailure -Kind native -Message no -HResult 0xC004F074) }).unknown",
    'no',
    '0xC004F074 no',
  ],
  [
    'a reading that is refused is refused',
    'try { Get-VdpReading { throw (New-VdpFailure -Kind refused -Message no) } } catch { $_.Exception.Message }',
    'no',
  ],
  ['a list of one, a list of none', '(Get-VdpReading -List { 1 }) -is [array]; (Get-VdpReading -List { }).Count', true, 0],
  [
    'files of a folder, hidden ones too; below it only when asked',
    "$null = New-Item -ItemType Directory -Path \"$here/l/m\" -Force; foreach ($one in 'l/b.x', 'l/.a.x', 'l/m/c.x', 'l/d.y') { Write-VdpText -Path \"$here/$one\" -Text 1 }; foreach ($more in $false, $true) { Get-VdpChildPath -Folder \"$here/l\" -Filter *.x -Recurse:$more | ForEach-Object { $_ -replace '^.*/', '' } }; @(Get-VdpChildPath -Folder \"$here/none\" -Filter *).Count",
    '.a.x',
    'b.x',
    '.a.x',
    'b.x',
    'c.x',
    0,
  ],
  [
    'a file that cannot be moved is told',
    "try { Move-VdpFile -Path \"$here/none\" -To \"$here/other\" } catch { 'told' }; try { Get-VdpChildPath -Folder $here -Filter 'x' -Recurse; 'read' } catch { 'no' }",
    'told',
    'read',
  ],
  [
    'a service that is not there',
    `${services("'x'")}; $one = Get-VdpService -Name none; $one.state; $one.name; $one.startMode`,
    'absent',
    'none',
    null,
  ],
  [
    'a service as Windows has it',
    `${services("'Stopped'")}; $one = Get-VdpService -Name vss; $one.name; $one.startMode; $one.pid; $one.account; $one.state`,
    'VSS',
    'manual',
    7,
    'x',
    'stopped',
  ],
  [
    'a service that is on its way is waited for',
    `${services("'Start Pending', 'Start Pending', 'Running'")}; function Start-Service { throw 'twice' }; Set-VdpServiceState -Name vss -State running; 'runs'`,
    'runs',
  ],
  [
    'a service that is as it should be is left alone',
    `${services("'Running'")}; function Start-Service { throw 'no' }; Set-VdpServiceState -Name vss -State running; 'runs'`,
    'runs',
  ],
  ['a task that runs, one that is queued', `${state(4)}; ${state(2)}`, true, null, true, null],
  ['a task that ended, one that never ran', `${state(3, 5)}; ${state(3, 0x41303)}`, false, 5, false, null],
  [
    'a task that is not there',
    `${scheduler("[pscustomobject] @{ Name = 'other'; State = 4 }")}; $one = Get-VdpTaskState -Name one; $one.running; $one.exitCode`,
    false,
    null,
  ],
  [
    'a task is stopped and taken away, another is not',
    `${scheduler("@([pscustomobject] @{ Name = 'other'; State = 4 }; [pscustomobject] @{ Name = 'one'; State = 4 })")}; Remove-VdpTask -Name one; $script:Did`,
    'connect',
    'stop 0',
    'delete one 0',
  ],
  [
    'a task for the system, with its limit and its words',
    `${scheduler('@()')}; Start-VdpTask -Name one -Program 'C:\\a & b.exe' -Arguments 'x y', 'z' -TimeoutSeconds 90; $script:Did; $task = $script:Xml.Task; $task.Principals.Principal.UserId; $task.Principals.Principal.RunLevel; $task.Settings.ExecutionTimeLimit; $task.Settings.AllowStartOnDemand; $task.Settings.MultipleInstancesPolicy; $task.Settings.DisallowStartIfOnBatteries; $task.Actions.Exec.Command; $task.Actions.Exec.Arguments; $task.Actions.Context`,
    'connect',
    'one 6 S-1-5-18 5',
    'run',
    'S-1-5-18',
    'HighestAvailable',
    'PT1M30S',
    'true',
    'IgnoreNew',
    'false',
    'C:\\a & b.exe',
    '"x y" z',
    'A',
  ],
  [
    'a task that is waited for in vain',
    'function Start-Sleep { }; function Get-VdpTaskState { @{ running = $true; exitCode = $null } }; $one = Wait-VdpTask -Name x -TimeoutSeconds 1; $one.exitCode; $one.timedOut',
    null,
    true,
  ],
  [
    'a task that ends, and tells how',
    'function Start-Sleep { }; $script:N = 0; function Get-VdpTaskState { $script:N += 1; @{ running = $script:N -lt 3; exitCode = if ($script:N -lt 3) { $null } else { 4 } } }; $one = Wait-VdpTask -Name x -TimeoutSeconds 60; $one.exitCode; $one.timedOut; $script:N',
    4,
    false,
    3,
  ],
  [
    'an act whose process is gone lives on in its task',
    "function Get-VdpTaskState { param($Name) @{ running = $Name -eq 'mine'; exitCode = $null } }; $boot = $script:VdpHere.Boot; $gone = @{ id = 1; effect = 'e'; op = 'x'; fence = 1; pid = 2147483646; begun = '2026-01-01T00:00:00Z'; boot = $boot; task = 'mine'; started = 'a'; ended = $null; error = $null; result = $null }; $other = $gone.Clone(); $other.task = 'other'; $earlier = $gone.Clone(); $earlier.boot = 'x'; Write-VdpActStore -Store @{ fences = @{}; receipts = @($gone, $other, $earlier) }; (Get-VdpActReport).receipts | ForEach-Object { $_.alive }",
    true,
    false,
    false,
  ],
  [
    'a process of the same number that began at another time is another',
    "$boot = $script:VdpHere.Boot; $mine = @{ id = 1; effect = 'e'; op = 'x'; fence = 1; pid = $PID; begun = ConvertTo-VdpTime -Value (Get-Process -Id $PID).StartTime.AddSeconds(-3); boot = $boot; task = ''; started = 'a'; ended = $null; error = $null; result = $null }; $same = $mine.Clone(); $same.begun = ConvertTo-VdpTime -Value (Get-Process -Id $PID).StartTime; Write-VdpActStore -Store @{ fences = @{}; receipts = @($mine, $same) }; (Get-VdpActReport).receipts | ForEach-Object { $_.alive }",
    false,
    true,
  ],
  [
    'events in their order, with what was asked',
    `${events(found)}; Get-VdpWinEvent -Log L -Provider P -Ids 5, 6 -Since (Get-Date) -Most 3 | ForEach-Object { $_.record; $_.fields[0] }; $script:Asked`,
    8,
    '1',
    9,
    '1',
    10,
    '1',
    'L P 5 6 3',
  ],
  ['no events', `${events(error('NoMatchingEventsFound'))}; @(Get-VdpWinEvent -Log L -Ids 5 -Since (Get-Date)).Count`, 0],
  [
    'a log that cannot be read',
    `${events(error('LogInfoUnavailable'))}; try { Get-VdpWinEvent -Log L -Ids 5 -Since (Get-Date) } catch { 'told' }`,
    'told',
  ],
  [
    'a folder for administrators alone, by numbers of accounts',
    folder('New-VdpAdminFolder -Path "$here/admin"; $script:Ran; Test-Path "$here/admin"'),
    '/setowner *S-1-5-32-544',
    '/reset',
    '/inheritance:r /grant:r *S-1-5-32-544:(OI)(CI)F *S-1-5-18:(OI)(CI)F',
    true,
  ],
  [
    'a folder that is a link is refused',
    folder(
      '$null = New-Item -ItemType SymbolicLink -Path "$here/link" -Target $here; try { New-VdpAdminFolder -Path "$here/link" } catch { $_.Exception.Data[\'VdpKind\'] }; $script:Ran.Count',
    ),
    'refused',
    0,
  ],
  [
    'a folder whose rights cannot be set',
    folder(
      "function Invoke-VdpNative { @{ exitCode = 5; output = 'nein' } }; try { New-VdpAdminFolder -Path \"$here/admin\" } catch { $_.Exception.Message; $_.Exception.Data['VdpDetails'] }",
    ),
    expect.stringMatching(/^icacls failed on/),
    'nein',
  ],
  [
    'a hook is asked for in UTF-8, with its file taken away',
    'function Invoke-VdpNative { param($Program, $Arguments, $TimeoutSeconds, $Environment, [switch] $Utf8) $script:File = $Environment.VDP_HOOK; @{ exitCode = 0; output = "$Utf8 $(Test-Path $script:File)"; timedOut = $false } }; (Invoke-VdpHook -Script x -Parameters @{} -TimeoutSeconds 5 -Fence 7 -Effect e).program.output; Test-Path $script:File',
    'True True',
    false,
  ],
  [
    'an operation that returns two things',
    request('Get-VdpTwo', '$script:Sent.error.message'),
    'reply',
    4,
    false,
    'Get-VdpTwo returned 2 objects instead of one',
  ],
  [
    'an operation that returns nothing',
    request('Get-VdpNone', '$script:Sent.error.message'),
    'reply',
    4,
    false,
    'Get-VdpNone returned 0 objects instead of one',
  ],
  ['an operation that talks', request('Get-VdpLoud', '$script:Sent.facts.a; $script:Sent.log'), 'reply', 4, true, 1, 'v', 'w'],
  ['what an operation is given', request('Get-VdpGiven', '$script:Sent.facts'), 'reply', 4, true, '1 7 e 5'],
  [
    'an operation that is not there',
    request('Get-VdpNot', '$script:Sent.error.kind; $script:Sent.error.message'),
    'reply',
    4,
    false,
    'missing',
    'no operation Get-VdpNot here',
  ],
  [
    'an older protocol is refused',
    "$script:Sent = @(); function Send-VdpFrame($Message) { $script:Sent += $Message; throw 'sent' }; try { Start-VdpSession -Hello ([pscustomobject] @{ protocol = 2; role = 'target'; run = 'r'; owner = 'o'; fence = 7; bundle = @{ sha256 = 'x' } }) } catch { }; $script:Sent | ForEach-Object { $_.type; $_.error.message }",
    'refusal',
    'this host speaks version 1 of the protocol',
  ],
]

where(`what all agents share, at its edges ${missing ?? ''}`, () => {
  let came: readonly (readonly unknown[])[]

  beforeAll(async () => {
    const here = await rig(OPERATIONS)
    const each = cases.map(([, script]) => `, @(& { try { ${script} } catch { "failed: $_" } })`)
    try {
      came = (await here.run(`$here = '${here.folder}'; $null = Enter-VdpHost -Role target -Run r -Owner o -Fence 7
        , @(\n${each.join('\n')}\n)`)) as typeof came
    } finally {
      await here.close()
    }
  }, 180_000)

  test.each(cases.map(([name, , ...wanted], n) => [name, n, wanted] as const))('%s', (_, n, wanted) => {
    expect(came[n]).toEqual(wanted)
  })
})

where(`a KMS host's agents in a real PowerShell ${missing ?? ''}`, () => {
  test('tells whether somebody listens on a port', async () => {
    const here = await rig('', 'kms')
    try {
      const ask = `$one = New-Object System.Net.Sockets.TcpListener([System.Net.IPAddress]::Loopback, 0); $one.Start(); $port = $one.LocalEndpoint.Port
        $open = Test-VdpListening -Port $port; $one.Stop(); , @($open, (Test-VdpListening -Port $port))`
      expect(await here.run(ask)).toEqual([true, false])
    } finally {
      await here.close()
    }
  })
})
