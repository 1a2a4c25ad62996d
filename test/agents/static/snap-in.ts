import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ParsedFile } from '../parsed.ts'

interface Extract {
  readonly cmdlets: Readonly<Record<string, { readonly parameters: string; readonly returns?: string }>>
  readonly objects: Readonly<Record<string, { readonly read: string; readonly write: string }>>
  readonly errors: Readonly<Record<string, number>>
  readonly auditActions: Readonly<Record<string, string>>
}

/** What the PVS snap-in has by its own documentation, as far as the agents use it (snap-in.json names the source). */
export const snapIn = JSON.parse(readFileSync(join(import.meta.dirname, 'snap-in.json'), 'utf8')) as Extract

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
export function unknownToPvs({ file, commands, members }: ParsedFile): string[] {
  const calls = commands.filter(({ name }) => /^\w+-Pvs/.test(name))
  const wrongCalls = calls.flatMap(({ name, parameters, line }) => {
    const known = snapIn.cmdlets[name]?.parameters.split(' ')
    if (known === undefined) return [`${file}:${line} ${name}`]
    return parameters.filter((one) => !known.includes(one)).map((one) => `${file}:${line} ${name} -${one}`)
  })
  const objects = calls.map(({ name }) => snapIn.cmdlets[name]?.returns).concat(file.includes('DiskFact') ? ['PvsDiskInfo'] : [])
  const shapes = objects.flatMap((name) => (name === undefined ? [] : [snapIn.objects[name]]))
  const has = (how: 'read' | 'write', name: string) => shapes.some((shape) => shape?.[how].split(' ').includes(name))
  const wrongMembers = members.filter(({ on, name, written }) => {
    if (!/^[A-Z]/.test(name) || on === '$wish') return false
    if (written) return !has('write', name)
    return !has('read', name) && !has('write', name) && !NOT_PVS.has(name)
  })
  return [...wrongCalls, ...wrongMembers.map(({ on, name, line }) => `${file}:${line} ${on}.${name}`)]
}
