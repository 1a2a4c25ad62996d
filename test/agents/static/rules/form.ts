import { NO_AGENTS } from '../../../../scripts/agents/agents.ts'
import { boundTo } from '../../../../scripts/agents/reach.ts'
import { ancestors, descendants, lineOf, textOf, type SyntaxNode } from '../../../../scripts/agents/syntax.ts'
import { splatKeys } from './splats.ts'
import { perFile, perFunction, type Rule } from './rule.ts'

/** The verbs that Windows PowerShell 5.1 approves. Source: Microsoft, "Approved Verbs for PowerShell Commands". */
export const APPROVED_VERBS: ReadonlySet<string> = new Set(
  [
    'Add Clear Close Copy Enter Exit Find Format Get Hide Join Lock Move New Open Optimize Pop Push Redo Remove Rename Reset Resize Search',
    'Select Set Show Skip Split Step Switch Undo Unlock Watch Connect Disconnect Read Receive Send Write Backup Checkpoint Compare Compress',
    'Convert ConvertFrom ConvertTo Dismount Edit Expand Export Group Import Initialize Limit Merge Mount Out Publish Restore Save Sync',
    'Unpublish Update Debug Measure Ping Repair Resolve Test Trace Approve Assert Complete Confirm Deny Disable Enable Install Invoke',
    'Register Request Restart Resume Start Stop Submit Suspend Uninstall Unregister Wait Use Block Grant Protect Revoke Unblock Unprotect',
  ].flatMap((line) => line.split(' ')),
)

/** Verb-VdpNoun, with a verb of the list. */
export const approvedVerbs: Rule = perFile(({ functions }) =>
  functions
    .filter(({ name }) => !/^[A-Z][A-Za-z]+-Vdp[A-Z]\w*$/.test(name) || !APPROVED_VERBS.has(name.split('-')[0] ?? ''))
    .map(({ node, name }) => [node, `${name} has no approved verb`]),
)

/** One function per file, of the file's name, and nothing beside it. */
export const oneFunction: Rule = ({ files }) =>
  files
    .filter(({ path }) => !NO_AGENTS.has(path))
    .flatMap(({ path, tree, functions }) => {
      const [only] = functions
      const alone = functions.length === 1 && tree.children.every(({ kind }) => ['statement_list', 'comment'].includes(kind))
      const statements = tree.children.find(({ kind }) => kind === 'statement_list')?.children.length
      const named = `${only?.name ?? ''}.ps1` === path.split('/').at(-1)
      return alone && statements === 1 && named ? [] : [`${path}:1 is not one function of the file's name`]
    })

/** Every function has CmdletBinding. */
export const hasBinding: Rule = perFunction(({ binding, node, name }) =>
  binding ? [] : [[lineOf(node), `${name} has no CmdletBinding`]],
)

/** At most 80 lines, the help not counted. */
export const isShort: Rule = perFunction(({ lines, node, name }) =>
  lines <= 80 ? [] : [[lineOf(node), `${name} has ${lines} lines`]],
)

/** Help says what a function promises: synopsis and description, each parameter and no other, one example that calls it, its output. */
export const hasHelp: Rule = perFunction(({ help, parameters, node, name }) => {
  if (help === undefined) return [[lineOf(node), `${name} has no help`]]
  const { synopsis, description, outputs, examples } = help
  const told = [...help.parameters].filter(([, text]) => text !== '').map(([one]) => one)
  const missing = [
    ...(/\.$/.test(synopsis) ? [] : ['synopsis']),
    ...(description === '' ? ['description'] : []),
    ...(outputs === '' ? ['outputs'] : []),
    ...(examples.length === 1 && examples[0] !== '' ? [] : ['one example']),
    ...parameters.filter((one) => !told.includes(one.name)).map((one) => `parameter ${one.name}`),
    ...[...help.parameters.keys()]
      .filter((one) => !parameters.some((own) => own.name === one))
      .map((one) => `no parameter ${one}`),
  ]
  return missing.map((one) => [lineOf(node), `the help of ${name} lacks: ${one}`])
})

/** The kinds of failure that a function throws itself stand in its help behind "Error". */
export const errorsTold: Rule = perFunction((one, agents) => {
  const told = /\bErrors?\b[^]*/.exec(one.help?.outputs ?? '')?.[0] ?? ''
  return one.calls
    .filter(({ name, node }) => name === 'New-VdpFailure' && isThrown(node))
    .map((call) => ({ call, kind: boundTo(agents, call).named.get('kind') }))
    .flatMap(({ call, kind }) => {
      const word = kind === undefined || kind === null ? '' : textOf(kind)
      return word.startsWith('$') || new RegExp(`\\b${word}\\b`).test(told)
        ? []
        : [[call.line, `${one.name} does not tell its error ${word}`] as const]
    })
})

function isThrown(node: SyntaxNode): boolean {
  const statement = ancestors(node).find(
    ({ kind }) => !['parenthesized_expression', 'pipeline', 'pipeline_chain', 'unary_expression'].includes(kind),
  )
  return statement?.kind === 'flow_control_statement' && textOf(statement).startsWith('throw')
}

/** No parameter has a type that exists on Windows alone, or that a stand-in could not make. */
export const parameterTypes: Rule = perFunction(({ parameters }) =>
  parameters
    .filter(({ type }) => /CimInstance|CimSession|SecurityIdentifier|ManagementObject|^wmi/i.test(type))
    .map(({ line, name, type }) => [line, `-${name} is a ${type}`]),
)

/** Types of .NET that exist, or work, on Windows alone. Source: the platforms that Microsoft's .NET API reference gives each type. `Vdp.` is
 *  what Add-Type compiles of calls to Windows. */
const WINDOWS_TYPES =
  /^(Microsoft\.Win32\.|Management\.(?!Automation\b)|ServiceProcess\.|DirectoryServices\.|Diagnostics\.(EventLog|PerformanceCounter|Eventing)|Security\.Principal\.|Security\.AccessControl\.|Windows\.|Drawing\.|Vdp\.|wmi|adsi|ciminstance)/i

/** A type of Windows stands only in a thin function that says so (`Surface`), where it can be replaced. */
export const windowsTypes: Rule = perFunction(({ node, surface, name }) => {
  if (surface !== 'none') return []
  const literals = descendants(node, 'type_literal').map((one) => ({ at: one, type: textOf(one).slice(1, -1).trim() }))
  const made = descendants(node, 'command')
    .filter((one) => textOf(one).startsWith('New-Object'))
    .map((one) => ({ at: one, type: /^New-Object\s+(?:-TypeName\s+|(-ComObject\s+))?([\w.]+)/.exec(textOf(one)) }))
    .map(({ at, type }) => ({ at, type: type?.[1] === undefined ? (type?.[2] ?? '') : 'Windows.COM' }))
  return [...literals, ...made]
    .filter(({ type }) => WINDOWS_TYPES.test(type.replace(/^System\./, '')))
    .map(({ at, type }) => [lineOf(at), `${type} exists on Windows alone, and ${name} is no surface`])
})

/** Cmdlets of Windows PowerShell 5.1 that the agents use. Source: its module reference. */
const CMDLETS = new Set(
  [
    'Add-PSSnapin Add-Type ConvertFrom-Json ConvertTo-Json ForEach-Object Get-ChildItem Get-CimInstance Get-Command Get-Date Get-Item',
    'Get-ItemProperty Get-PSCallStack Get-Process Get-UICulture Get-WinEvent Import-Module Invoke-CimMethod Measure-Object Move-Item',
    'New-Item New-Module New-Object Remove-Item Remove-ItemProperty Resolve-DnsName Select-Object Sort-Object Start-Service Start-Sleep',
    'Stop-Service Test-Path Where-Object Write-Verbose',
  ].flatMap((line) => line.split(' ')),
)

/** A command is one of ours, a cmdlet of PVS (its names are checked against the snap-in's documentation), or one that 5.1 has. */
export const knownCommands: Rule = perFunction(({ calls }, agents) =>
  calls
    .filter(({ operator, name }) => operator === '' && !CMDLETS.has(name) && !agents.functions.has(name))
    .filter(({ name }) => !/^\w+-Pvs[A-Z]/.test(name) && name !== 'Send-VdpFrame')
    .map(({ line, name }) => [line, `there is no ${name}`]),
)

/** A call of ours names parameters that are there, in full, and gives those that have to be given. */
export const callsFit: Rule = perFunction((one, agents) =>
  one.calls.flatMap((call) => {
    const callee = agents.functions.get(call.name)
    if (callee === undefined) return []
    const { named, placed, splats } = boundTo(agents, call)
    const keys = splats.map((name) => splatKeys(one.node, name))
    const given = new Set([...named.keys(), ...keys.flatMap((some) => some ?? [])])
    const strange = [...given].filter((name) => !callee.parameters.some((own) => own.name.toLowerCase() === name))
    const byPlace = callee.parameters.filter((own) => own.placed).slice(0, placed.length)
    const has = (name: string) => given.has(name.toLowerCase()) || byPlace.some((own) => own.name === name)
    const inSet = callee.parameters.flatMap(({ mandatory, name }) => (has(name) ? mandatory : [])).find((set) => set !== '') ?? ''
    const needed = callee.parameters.filter(
      ({ mandatory }) => mandatory.includes('') || (inSet !== '' && mandatory.includes(inSet)),
    )
    const missing = keys.includes(undefined) ? [] : needed.filter(({ name }) => !has(name))
    return [
      ...strange.map((name) => [call.line, `${call.name} has no parameter ${name}`] as const),
      ...missing.map(({ name }) => [call.line, `${call.name} is called without ${name}`] as const),
      ...(placed.length > byPlace.length ? [[call.line, `${call.name} takes no value by place`] as const] : []),
    ]
  }),
)
