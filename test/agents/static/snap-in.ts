import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentFile } from '../../../scripts/agents/agents.ts'
import { argumentsOf, callsIn, type Call } from '../../../scripts/agents/calls.ts'
import { descendants, lineOf, textOf, type SyntaxNode } from '../../../scripts/agents/syntax.ts'
import { splatKeys } from './rules/splats.ts'

interface Extract {
  readonly cmdlets: Readonly<Record<string, { readonly parameters: string; readonly returns?: string }>>
  readonly objects: Readonly<Record<string, { readonly read: string; readonly write: string }>>
  readonly errors: Readonly<Record<string, number>>
  readonly auditActions: Readonly<Record<string, string>>
}

/** What the PVS snap-in has by its own documentation, as far as the agents use it (snap-in.json names the source). */
export const snapIn = JSON.parse(readFileSync(join(import.meta.dirname, '../server/snap-in.json'), 'utf8')) as Extract

/** Properties of our own hashtables begin with a small letter; these capitals belong to PowerShell, .NET and CIM. */
const NOT_PVS = new Set(
  [
    'Count Length Exception Data Message InvocationInfo FullyQualifiedErrorId InnerException Maximum ParameterSetName Groups Value Port',
    'Year User Privileges State StartMode PathName Version ConfigManagerErrorCode LocalName InnerText Run',
    'IsKeyManagementServiceMachine KeyManagementServiceCurrentCount RequiredClientCount LicenseStatus Name Description',
    'KeyManagementServiceListeningPort KeyManagementServiceDnsPublishing GPOID',
  ].flatMap((line) => line.split(' ')),
)

/** What a file does that the snap-in does not know: cmdlets, parameters, properties read, properties written that are read-only. */
export function unknownToPvs({ path, tree }: AgentFile): string[] {
  const calls = callsIn(tree).filter(({ name }) => /^\w+-Pvs/.test(name))
  const wrongCalls = calls.flatMap((call) => {
    const known = snapIn.cmdlets[call.name]?.parameters.toLowerCase().split(' ')
    if (known === undefined) return [`${path}:${call.line} ${call.name}`]
    return parametersOf(call, tree)
      .filter((one) => !known.includes(one))
      .map((one) => `${path}:${call.line} ${call.name} -${one}`)
  })
  const objects = calls.map(({ name }) => snapIn.cmdlets[name]?.returns).concat(path.includes('DiskFact') ? ['PvsDiskInfo'] : [])
  const shapes = objects.flatMap((name) => (name === undefined ? [] : [snapIn.objects[name]]))
  const has = (how: 'read' | 'write', name: string) => shapes.some((shape) => shape?.[how].split(' ').includes(name))
  const wrongMembers = membersOf(tree).filter(({ on, name, written }) => {
    if (!/^[A-Z]/.test(name) || on === '$wish') return false
    if (written) return !has('write', name)
    return !has('read', name) && !has('write', name) && !NOT_PVS.has(name)
  })
  return [...wrongCalls, ...wrongMembers.map(({ on, name, line }) => `${path}:${line} ${on}.${name}`)]
}

/** The parameters of a call in lower case, splatted ones too. */
export function parametersOf(call: Call, tree: SyntaxNode): readonly string[] {
  const { named, splats } = argumentsOf(call, new Set())
  return [...named.keys(), ...splats.flatMap((name) => splatKeys(tree, name) ?? [])]
}

/** Properties of objects that a file reads or writes: no methods, nothing static. */
function membersOf(tree: SyntaxNode) {
  return descendants(tree, 'member_access').flatMap((node) => {
    const [on, dot, name] = node.children
    if (on === undefined || name === undefined || dot?.kind !== '.') return []
    const written = node.parent?.kind === 'unary_expression' && node.parent.parent?.kind === 'left_assignment_expression'
    return [{ on: textOf(on), name: textOf(name), written, line: lineOf(node) }]
  })
}
