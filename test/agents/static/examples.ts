import type { RULES } from './rules/all.ts'

/** Files by path, and what the rule says of them. */
interface Wrong {
  readonly files: Readonly<Record<string, string>>
  readonly says: readonly string[]
}

interface Examples {
  readonly wrong: readonly Wrong[]
  readonly right: Readonly<Record<string, string>>
}

/** A file with one body in it, which begins on line 3. */
function body(path: string, text: string, parameters = ''): Readonly<Record<string, string>> {
  const name = /([^/]+)\.ps1$/.exec(path)?.[1] ?? ''
  return { [path]: `function ${name} {\n[CmdletBinding()] param(${parameters})\n${text}\n}\n` }
}

/** A file with a synopsis: `Surface: ...` and the like. */
function thin(path: string, synopsis: string, text: string, parameters = ''): Readonly<Record<string, string>> {
  const name = /([^/]+)\.ps1$/.exec(path)?.[1] ?? ''
  return { [path]: `function ${name} {\n<#\n.SYNOPSIS\n${synopsis}\n#>\nparam(${parameters})\n${text}\n}\n` }
}

const X = 'Common/Get-VdpX.ps1'
/** Each text alone in a file, with the one thing that is wrong with it. */
function each(cases: Readonly<Record<string, string>>, parameters = ''): readonly Wrong[] {
  return Object.entries(cases).map(([text, says]) => ({ files: body(X, text, parameters), says: [`${X}:3 ${says}`] }))
}

const HELP = [
  '<#',
  '.SYNOPSIS',
  'Tells x.',
  '.DESCRIPTION',
  'It does.',
  '.PARAMETER Name',
  'The name.',
  '.EXAMPLE',
  'Get-VdpX -Name a',
]
const helped = (lines: readonly string[]) => ({
  [X]: `function Get-VdpX {\n${lines.join('\n')}\n#>\n[CmdletBinding()] param([string] $Name)\n$Name\n}\n`,
})
const FRAME = { ...body('Common/Invoke-VdpWrite.ps1', '& $Act', '[scriptblock] $Check, [scriptblock] $Act') }
const SERVICE = thin(
  'Common/Set-VdpServiceState.ps1',
  'Surface, writes: a service.',
  'Stop-Service',
  '[string] $Name, [string] $State',
)
const FAILURE = body('Session/New-VdpFailure.ps1', '1', '[string] $Kind, [string] $Message')
const act = (text: string) => ({ ...FRAME, ...body('PvsServer/Set-VdpDiskMode.ps1', `Invoke-VdpWrite -Act {\n${text}\n}`) })
const told = (outputs: string) => ({
  ...FAILURE,
  [X]: `function Get-VdpX {\n<#\n.OUTPUTS\n${outputs}\n#>\nthrow (New-VdpFailure -Kind refused -Message 'no')\n}\n`,
})
const FIND = body(
  'Common/Get-VdpX.ps1',
  '& $Call',
  '[Parameter(Mandatory, Position = 0)] [scriptblock] $Call, [Parameter(Mandatory)] [int] $Of',
)

/** Of every rule what it finds, and what it lets stand. */
export const EXAMPLES: Readonly<Record<keyof typeof RULES, Examples>> = {
  'every file is PowerShell without a doubt': {
    wrong: [
      { files: { [X]: 'if (1) { 2\n' }, says: [`${X}:1 is no PowerShell: if (1) { 2`] },
      { files: { [X]: '${a}?.b\n' }, says: [`${X}:1 is no PowerShell: \${a}?.b`] },
    ],
    right: { [X]: 'if (1) { 2 }\n' },
  },
  'nothing is newer than Windows PowerShell 5.1': {
    wrong: [
      ...each({
        '$a ? 1 : 2': '5.1 has not the ternary operator',
        '$a ?? 2': '5.1 has not the operator ??',
        '$a ??= 2': '5.1 has not the operator ??=',
        'Get-A && Get-B': '5.1 has not the operators && and ||',
        'Get-A || Get-B': '5.1 has not the operators && and ||',
        '1 | ForEach-Object -Parallel { $_ }': '5.1 has not -Parallel',
        '$a | ConvertFrom-Json -AsHashtable': '5.1 has not -AsHashtable',
        'if ($IsWindows) { 1 }': '5.1 has not $IsWindows',
      }),
      { files: { [X]: 'function Get-VdpX {\nclean { 1 } }\n' }, says: [`${X}:2 5.1 has no clean block`] },
    ],
    right: body(X, 'if ($a) { 1 } else { 2 }\n1 | ForEach-Object { $_ }'),
  },
  'every file is plain ASCII': {
    wrong: [
      { files: { [X]: "'gr\u00fcn'\n" }, says: [`${X}:1 has more than plain ASCII`] },
      { files: { [X]: '1\n\t2\n' }, says: [`${X}:2 has more than plain ASCII`] },
    ],
    right: { [X]: "'gr' + [char] 0xfc\n" },
  },
  'every file holds one function of its own name': {
    wrong: [
      { files: { [X]: 'function Get-VdpY { 1 }\n' }, says: [`${X}:1 is not one function of the file's name`] },
      {
        files: { [X]: 'function Get-VdpX { 1 }\nfunction Get-VdpY { 1 }\n' },
        says: [`${X}:1 is not one function of the file's name`],
      },
      { files: { [X]: 'function Get-VdpX { 1 }\nGet-VdpX\n' }, says: [`${X}:1 is not one function of the file's name`] },
    ],
    right: { ...body(X, '1'), 'Session/Bootstrap.ps1': 'function A { 1 }\nfunction B { 2 }\n' },
  },
  'every verb is approved': {
    wrong: [
      { files: body('Common/Fetch-VdpX.ps1', '1'), says: ['Common/Fetch-VdpX.ps1:1 Fetch-VdpX has no approved verb'] },
      { files: body('Common/Get-X.ps1', '1'), says: ['Common/Get-X.ps1:1 Get-X has no approved verb'] },
    ],
    right: body(X, '1'),
  },
  'every function has CmdletBinding': {
    wrong: [{ files: { [X]: 'function Get-VdpX { param($A) $A }\n' }, says: [`${X}:1 Get-VdpX has no CmdletBinding`] }],
    right: body(X, '1'),
  },
  'every function has at most 80 lines': {
    wrong: [{ files: body(X, '1\n'.repeat(78)), says: [`${X}:1 Get-VdpX has 82 lines`] }],
    right: { [X]: `function Get-VdpX {\n<#\n${'long\n'.repeat(90)}#>\n${'1\n'.repeat(78)}}\n` },
  },
  'every function has complete help': {
    wrong: [
      { files: body(X, '1'), says: [`${X}:1 Get-VdpX has no help`] },
      { files: helped(HELP), says: [`${X}:1 the help of Get-VdpX lacks: outputs`] },
      {
        files: helped([...HELP.slice(0, 5), ...HELP.slice(7), '.OUTPUTS', 'S.']),
        says: [`${X}:1 the help of Get-VdpX lacks: parameter Name`],
      },
      { files: helped([...HELP.slice(0, 7), '.OUTPUTS', 'S.']), says: [`${X}:1 the help of Get-VdpX lacks: one example`] },
      {
        files: helped([...HELP, '.OUTPUTS', 'S.', '.PARAMETER Of', 'No.']),
        says: [`${X}:1 the help of Get-VdpX lacks: no parameter Of`],
      },
      {
        files: helped([...HELP.slice(0, 3), ...HELP.slice(5), '.OUTPUTS', 'S.']),
        says: [`${X}:1 the help of Get-VdpX lacks: description`],
      },
    ],
    right: helped([...HELP, '.OUTPUTS', 'String.']),
  },
  'every error that is thrown stands in the help': {
    wrong: [{ files: told('Nothing. Error: missing.'), says: [`${X}:6 Get-VdpX does not tell its error refused`] }],
    right: told('Nothing. Errors: missing, refused (no).'),
  },
  'every command is called by its full name': {
    wrong: each({
      'gci C:': 'gci is no full name of a command',
      '1 | % { $_ }': '% is no full name of a command',
      'Get-VdpX -ea Stop': '-ea is no full name of a parameter',
    }),
    right: body(X, "Get-ChildItem -LiteralPath 'C:'\n& $block"),
  },
  'every command is there': {
    wrong: each({ 'Get-VdpY': 'there is no Get-VdpY', "Join-String 'a'": 'there is no Join-String' }),
    right: { ...body(X, 'Get-VdpY | Sort-Object'), ...body('Common/Get-VdpY.ps1', 'Get-PvsFarm') },
  },
  'every call fits the function that it calls': {
    wrong: (
      [
        ['Get-VdpX -Of 1 -Cal { 1 }', ['Get-VdpX has no parameter cal', 'Get-VdpX is called without Call']],
        ['Get-VdpX { 1 }', ['Get-VdpX is called without Of']],
        ['Get-VdpX { 1 } 2', ['Get-VdpX is called without Of', 'Get-VdpX takes no value by place']],
        ['$with = @{ On = 1 }; Get-VdpX { 1 } @with', ['Get-VdpX has no parameter on', 'Get-VdpX is called without Of']],
      ] as const
    ).map(([text, says]) => ({
      files: { ...FIND, ...body('Common/Get-VdpY.ps1', text) },
      says: says.map((one) => `Common/Get-VdpY.ps1:3 ${one}`),
    })),
    right: { ...FIND, ...body('Common/Get-VdpY.ps1', '$with = @{ Of = 1 }; Get-VdpX { 1 } @with\nGet-VdpX -Call { 1 } -Of 2') },
  },
  'no text is run as code by Invoke-Expression, and nothing is said to the host': {
    wrong: each({ 'Invoke-Expression $a': 'Invoke-Expression is not allowed', "Write-Host 'a'": 'Write-Host is not allowed' }),
    right: body(X, "Write-Verbose 'a'"),
  },
  'no variable is global, and none is the input of the pipeline': {
    wrong: each({
      '$global:a = 1': '$global:a is not allowed',
      '${Global:a}': '${Global:a} is not allowed',
      '@($input)': '$input is not allowed',
    }),
    right: body(X, '$script:VdpHere = 1\n$inputs = 2'),
  },
  'no command is built of text': {
    wrong: each(
      {
        '& $Text': 'runs $Text, which is no block of code',
        ". 'C:\\a.ps1'": "runs 'C:\\a.ps1', which is no block of code",
        '& "$env:TEMP\\a.exe"': 'runs "$env:TEMP\\a.exe", which is no block of code',
        '[scriptblock]::Create($Text)': 'makes code of text',
        '[powershell]::Create()': 'makes code of text',
        '$ExecutionContext.InvokeCommand.ExpandString($Text)': 'InvokeCommand makes code of text',
      },
      '[string] $Text',
    ).map((one) =>
      one.says[0]?.includes('InvokeCommand') ? { ...one, says: [...one.says, `${X}:3 ExpandString makes code of text`] } : one,
    ),
    right: {
      ...body(X, '$each = { 1 }\n& $each\n& $Run\n& "$env:SystemRoot\\System32\\taskkill.exe" /F', '[scriptblock] $Run'),
      'Session/Bootstrap.ps1': 'New-Module ([scriptblock]::Create($text))\n',
    },
  },
  'no drive of the registry is named outside Common': {
    wrong: [
      {
        files: body('TargetDevice/Get-VdpX.ps1', "'HKLM:\\SOFTWARE'"),
        says: ["TargetDevice/Get-VdpX.ps1:3 'HKLM:\\SOFTWARE' names a drive of the registry"],
      },
      {
        files: body('TargetDevice/Get-VdpX.ps1', '"Registry::$a"'),
        says: ['TargetDevice/Get-VdpX.ps1:3 "Registry::$a" names a drive of the registry'],
      },
    ],
    right: { ...body(X, "'Registry::HKEY_USERS'"), ...body('TargetDevice/Get-VdpY.ps1', "'HKLM\\SOFTWARE'") },
  },
  'no parameter has a type of Windows': {
    wrong: [
      { files: body(X, '1', '[CimInstance] $A'), says: [`${X}:2 -A is a CimInstance`] },
      {
        files: body(X, '1', '$B = @(), [System.Security.Principal.SecurityIdentifier] $A'),
        says: [`${X}:2 -A is a System.Security.Principal.SecurityIdentifier`],
      },
    ],
    right: body(X, '1', '[object] $A'),
  },
  'no type of Windows stands outside a surface': {
    wrong: each({
      '[Microsoft.Win32.Registry]::LocalMachine': 'Microsoft.Win32.Registry exists on Windows alone, and Get-VdpX is no surface',
      'New-Object System.Security.Principal.WindowsIdentity($a)':
        'System.Security.Principal.WindowsIdentity exists on Windows alone, and Get-VdpX is no surface',
      'New-Object -ComObject Schedule.Service': 'Windows.COM exists on Windows alone, and Get-VdpX is no surface',
      '[Vdp.Rights]::HoldersOf(1)': 'Vdp.Rights exists on Windows alone, and Get-VdpX is no surface',
    }),
    right: {
      ...thin(X, 'Surface: the registry.', '[Microsoft.Win32.Registry]::LocalMachine'),
      ...body('Common/Get-VdpY.ps1', 'New-Object System.Text.StringBuilder\n[System.Management.Automation.ErrorRecord] $a'),
    },
  },
  'Windows is reached in thin functions alone': {
    wrong: [
      ...each({
        'Get-CimInstance -ClassName A': 'Get-CimInstance in Get-VdpX, which is no surface',
        "Remove-Item -LiteralPath 'a'": 'Remove-Item in Get-VdpX, which is no surface',
      }),
      {
        files: thin(X, 'Surface: a file.', "Remove-Item -LiteralPath 'a'"),
        says: [`${X}:7 Remove-Item in Get-VdpX, which only reads`],
      },
    ],
    right: {
      ...thin(X, 'Surface: a class.', 'Get-CimInstance -ClassName A'),
      ...thin('Common/Remove-VdpX.ps1', 'Surface, writes: a file.', 'Remove-Item a'),
    },
  },
  'every change stands in an act': {
    wrong: [
      {
        files: { ...FRAME, ...body('PvsServer/Set-VdpDiskMode.ps1', 'Set-PvsDisk -Disk $d\nInvoke-VdpWrite -Act { 1 }') },
        says: ['PvsServer/Set-VdpDiskMode.ps1:3 Set-VdpDiskMode changes by Set-PvsDisk outside an act'],
      },
      {
        files: {
          ...FRAME,
          ...SERVICE,
          ...body(X, 'Set-VdpServiceState -Name a'),
          ...body('PvsServer/Set-VdpDiskMode.ps1', 'Invoke-VdpWrite -Check { Get-VdpX } -Act { 1 }'),
        },
        says: ['PvsServer/Set-VdpDiskMode.ps1:3 Set-VdpDiskMode changes by Get-VdpX outside an act'],
      },
    ],
    right: { ...act('Set-PvsDisk -Disk $d\nGet-VdpX'), ...SERVICE, ...body(X, 'Set-VdpServiceState -Name a -State running') },
  },
  'mounts and stopped services are put back in a finally': {
    wrong: [
      {
        files: act('Mount-PvsDisk'),
        says: ['PvsServer/Set-VdpDiskMode.ps1:4 Mount-PvsDisk without Dismount-PvsDisk in a finally around it'],
      },
      {
        files: act('try { Mount-PvsDisk } finally { 1 }'),
        says: ['PvsServer/Set-VdpDiskMode.ps1:4 Mount-PvsDisk without Dismount-PvsDisk in a finally around it'],
      },
      {
        files: {
          ...SERVICE,
          ...act('Set-VdpServiceState -Name a -State stopped\ntry { 1 } finally { Set-VdpServiceState -Name a -State running }'),
        },
        says: ['PvsServer/Set-VdpDiskMode.ps1:4 Set-VdpServiceState without Set-VdpServiceState in a finally around it'],
      },
    ],
    right: {
      ...SERVICE,
      ...act(
        'try { Mount-PvsDisk } finally { Dismount-PvsDisk }\ntry { Set-VdpServiceState -Name a -State stopped } finally { Set-VdpServiceState -Name a -State running }',
      ),
    },
  },
  'no block takes a variable of its runner for its own': {
    wrong: [
      {
        files: { ...FIND, ...body('Common/Get-VdpY.ps1', 'Get-VdpX { $of }') },
        says: ["Common/Get-VdpY.ps1:3 $of in a block for Get-VdpX is that function's own"],
      },
    ],
    right: { ...FIND, ...body('Common/Get-VdpY.ps1', 'Get-VdpX { $other; $of = 1; $of }') },
  },
  'no function uses a name of the frames': {
    wrong: [
      { files: body(X, '$after = 1'), says: [`${X}:3 $after is a name of the frames`] },
      { files: body(X, '1', '[string] $LockName'), says: [`${X}:2 $lockname is a name of the frames`] },
    ],
    right: { ...body(X, '$afterwards = 1'), ...FRAME },
  },
  'no error is swallowed': {
    wrong: each({ 'try { 1 } catch { }': 'an error is swallowed' }),
    right: body(X, "try { 1 } catch { return '' }"),
  },
  'no text for people decides anything': {
    wrong: each({
      "$_.Exception.Message -like '*Access is denied*'":
        "$_.Exception.Message -like '*Access is denied*' decides by a text for people",
    }),
    right: body(X, "$_.FullyQualifiedErrorId -like 'No*'\n$_.Exception.Message -match '(\\d+)\\D*$'"),
  },
  'nothing follows the culture of the host': {
    wrong: each({
      '$a.ToUpper()': 'ToUpper follows the culture of the host',
      '[Globalization.CultureInfo]::CurrentCulture': 'CurrentCulture follows the culture of the host',
      "$a.ToString('yyyy')": 'ToString follows the culture of the host',
    }),
    right: body(X, "$a.ToUpperInvariant()\n$a.ToString('yyyy', [Globalization.CultureInfo]::InvariantCulture)\n$a.ToString()"),
  },
  'what is opened is closed in a finally': {
    wrong: each({
      '$a = New-Object System.IO.FileStream($b)\ntry { 1 } finally { $c.Dispose() }': '$a is opened and not closed in a finally',
      '$a = [System.Diagnostics.Process]::Start($b)': '$a is opened and not closed in a finally',
      '[System.Diagnostics.Process]::EnterDebugMode()': 'the debug right is taken and not given back in a finally',
    }),
    right: body(X, '$a = New-Object System.Threading.Mutex($false, $b)\ntry { 1 } finally { $a.Dispose() }'),
  },
  'no function is there for nothing': {
    wrong: [{ files: body(X, '1'), says: [`${X}:1 nothing comes to Get-VdpX`] }],
    right: { ...body('TargetDevice/Get-VdpTargetState.ps1', 'Get-VdpX'), ...body(X, '1') },
  },
}
