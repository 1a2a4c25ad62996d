import type { Agents } from './agents.ts'
import type { Call } from './calls.ts'
import type { AgentFunction } from './functions.ts'
import { assignmentsTo } from './functions.ts'
import { descendants, textOf } from './syntax.ts'
import { givenTo, type Scope, type Texts } from './values.ts'

/** One thing of Windows or PVS that an operation touches. */
export interface Touch {
  readonly kind: string
  readonly thing: string
  readonly access: 'read' | 'write'
}

type Given = (name: string) => Texts

/** What a thin function touches, by the arguments it is given. Each function that calls itself a surface stands here. */
const SURFACES: Readonly<Record<string, (given: Given) => readonly (readonly [kind: string, things: Texts])[]>> = {
  'Get-VdpCim': (given) => [
    [
      'CIM',
      each(pairs(spaceOf(given('namespace')), given('class'), ''), (one) =>
        join(one, bracketed(given('property')), where(given('filter'))),
      ),
    ],
  ],
  'Invoke-VdpCimMethod': (given) => [
    ['CIM', given('class').flatMap((one) => given('method').map((method) => `${one}.${method}()`))],
  ],
  'Get-VdpRegistryValue': (given) => [['registry', pairs(given('key'), given('name'))]],
  'Remove-VdpRegistryValue': (given) => [['registry', pairs(given('key'), given('name'))]],
  'Test-VdpRegistryKey': (given) => [['registry', given('key')]],
  'Get-VdpRegistrySubkey': (given) => [['registry', each(given('key'), (one) => `${one}\\*`)]],
  'Set-VdpVolatileValue': (given) => [['registry', pairs(['HKLM\\SOFTWARE\\vdiskprep'], given('name'))]],
  'Get-VdpService': (given) => [['service', given('name')]],
  'Set-VdpServiceState': (given) => [['service', each(given('name'), (one) => `${one} (${given('state').join(' or ')})`)]],
  'Get-VdpFile': (given) => [['file', given('path')]],
  'Get-VdpFileSlice': (given) => [['file', given('path')]],
  'Test-VdpPath': (given) => [['file', given('path')]],
  'Read-VdpText': (given) => [['file', given('path')]],
  'Write-VdpText': (given) => [['file', given('path')]],
  'Remove-VdpFile': (given) => [['file', given('path')]],
  'Move-VdpFile': (given) => [['file', given('path').flatMap((one) => given('to').map((to) => `${one} -> ${to}`))]],
  'Get-VdpChildPath': (given) => [['file', pairs(given('folder'), given('filter'))]],
  'New-VdpAdminFolder': (given) => [['file', given('path')]],
  'Get-VdpWinEvent': (given) => [
    ['event log', each(given('log'), (one) => join(one, given('provider').join(' or '), bracketed(given('ids'))))],
  ],
  'Get-VdpTaskState': (given) => [['scheduled task', given('name')]],
  'Start-VdpTask': (given) => [
    ['scheduled task', given('name')],
    ['program', given('program')],
  ],
  'Remove-VdpTask': (given) => [['scheduled task', given('name')]],
  'Get-VdpSrvRecord': (given) => [['network', each(given('name'), (one) => `SRV ${one}`)]],
  'Test-VdpName': (given) => [['network', each(given('name'), (one) => `address of ${one}`)]],
  'Test-VdpPort': (given) => [['network', pairs(given('machine'), given('port'), ':')]],
  'Test-VdpListening': (given) => [['network', each(given('port'), (one) => `listeners of port ${one}`)]],
  'Get-VdpLogonGroup': () => [['account', ['WindowsIdentity (groups of an account, by the domain)']]],
  'Get-VdpLsaHolder': (given) => [['account', each(given('right'), (one) => `LsaEnumerateAccountsWithUserRight ${one}`)]],
  'Get-VdpProcessToken': () => [['account', ['OpenProcessToken, GetTokenInformation (user, groups, privileges)']]],
  'Get-VdpSidName': () => [['account', ['LookupAccountSid']]],
  'Resolve-VdpAccountSid': () => [['account', ['LookupAccountName']]],
  'Invoke-VdpNative': (given) => [
    ['program', each(given('program'), (one) => join(one, given('arguments').filter(isWord).join(' ')))],
  ],
}

/** Programs that only tell something, whatever runs them. */
const TELLING = /\\(w32tm|secedit)\.exe/

/** Names of surfaces that nothing here describes, and descriptions of none. Both lists have to be empty. */
export function undescribed(agents: Agents): { readonly missing: readonly string[]; readonly idle: readonly string[] } {
  const thin = [...agents.functions.values()].filter(({ surface }) => surface !== 'none').map(({ name }) => name)
  return {
    missing: thin.filter((name) => !(name in SURFACES)),
    idle: Object.keys(SURFACES).filter((name) => !thin.includes(name)),
  }
}

/** Everything that a function touches, itself and through what it calls, up to the functions in `shared`: those have a place of their own. */
export function touchedBy(agents: Agents, name: string, shared: ReadonlySet<string>): readonly Touch[] {
  const found = new Map<string, Touch>()
  const seen = new Set<string>()
  const visit = (inside: AgentFunction, given: ReadonlyMap<string, Texts>) => {
    const key = JSON.stringify([inside.name, [...given]])
    if (seen.has(key)) return
    seen.add(key)
    for (const call of inside.calls) {
      const scope = { agents, inside, given }
      for (const touch of touchesOf(call, scope)) found.set(JSON.stringify(touch), touch)
      const callee = agents.functions.get(call.name)
      if (callee !== undefined && callee.surface === 'none' && !shared.has(callee.name)) visit(callee, givenTo(call, scope))
    }
  }
  const top = agents.functions.get(name)
  if (top !== undefined) visit(top, new Map())
  return [...found.values()].sort((one, other) => order(one).localeCompare(order(other), 'en'))
}

function order({ kind, thing, access }: Touch): string {
  return `${kind} ${thing} ${access}`
}

function touchesOf(call: Call, scope: Scope): readonly Touch[] {
  const callee = scope.agents.functions.get(call.name)
  const describe = SURFACES[call.name]
  const given = givenTo(call, scope)
  if (callee !== undefined && describe !== undefined) {
    const access = callee.surface === 'writes' ? 'write' : 'read'
    const told = describe((name) => given.get(name) ?? defaultOf(callee, name))
    const touches = told.flatMap(([kind, things]) =>
      things.map((thing) => ({ kind, thing, access: TELLING.test(thing) ? 'read' : access }) as const),
    )
    if (touches.length === 0) throw new Error(`${scope.inside.name} calls ${call.name}, and what it touches is not known`)
    return touches
  }
  if (/^\w+-Pvs[A-Z]/.test(call.name)) {
    const parameters = [...given.keys()].map((name) => ` -${properName(call, name, scope.inside)}`).join('')
    const set = propertiesSet(call, scope)
    const thing = `${call.name}${parameters}${set}`
    return [{ kind: 'PVS', thing, access: call.name.startsWith('Get-') ? 'read' : 'write' }]
  }
  const loose = LOOSE[call.name]
  return loose === undefined ? [] : [loose]
}

/** What is touched without a thin function: it is there in every PowerShell. */
const LOOSE: Readonly<Record<string, Touch>> = {
  'Get-Process': { kind: 'process', thing: 'Get-Process (a process by its number, its start)', access: 'read' },
  'Add-PSSnapin': { kind: 'PVS', thing: 'the registered snap-in Citrix.PVS.SnapIn', access: 'read' },
  'Import-Module': { kind: 'PVS', thing: 'Citrix.PVS.SnapIn.dll', access: 'read' },
  'Get-UICulture': { kind: 'PowerShell', thing: 'Get-UICulture', access: 'read' },
}

/** The properties that a function sets on the object which a cmdlet then writes. */
function propertiesSet(call: Call, { inside }: Scope): string {
  if (!call.name.startsWith('Set-Pvs')) return ''
  const sent = call.elements.map(textOf).filter((one) => /^\$\w+$/.test(one))
  const set = descendants(inside.node, 'left_assignment_expression')
    .map(textOf)
    .filter((left) => sent.some((one) => left.startsWith(`${one}.`)))
  return set.length === 0 ? '' : ` (${set.map((left) => left.replace(/^\$\w+\./, '')).join(', ')})`
}

/** The parameter's name as it is written in the call, or in the table that the call is given. */
function properName(call: Call, name: string, { node }: AgentFunction): string {
  const written = [...call.elements, ...descendants(node, 'key_expression', 'member_name')].map((one) =>
    textOf(one).replace(/^-/, ''),
  )
  return written.find((one) => one.toLowerCase() === name) ?? name
}

function defaultOf({ node, parameters }: AgentFunction, name: string): Texts {
  const own = parameters.find((one) => one.name.toLowerCase() === name)
  return own === undefined || assignmentsTo(node, name).length > 0 || own.mandatory.length === 0 ? [] : [`{$${own.name}}`]
}

function each(texts: Texts, say: (one: string) => string): Texts {
  return texts.map(say)
}

function pairs(left: Texts, right: Texts, between = '\\'): Texts {
  return left.flatMap((one) => right.map((other) => `${one}${between}${other}`))
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ')
}

function bracketed(texts: Texts): string {
  return texts.length === 0 ? '' : `(${texts.join(', ')})`
}

function where(texts: Texts): string {
  return texts.every((one) => one === '') ? '' : `where ${texts.join(' or ')}`
}

/** The namespace in front of a class that does not lie in root/cimv2. */
function spaceOf(namespace: Texts): Texts {
  return namespace.length === 0 ? [''] : namespace.map((one) => `${one}:`)
}

function isWord(text: string): boolean {
  return text.length <= 60
}
