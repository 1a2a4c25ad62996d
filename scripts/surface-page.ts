import { join } from 'node:path'
import { readAgents } from '../src/remote/agent-files.ts'
import { bundleOf } from '../src/remote/session/bundle.ts'
import { operations, type OperationName, type Role } from '../src/wire/operations/catalogue.ts'
import { readAgentTrees, type Agents } from './agents/agents.ts'
import { operationsOf, reachedIn, ROLE_FOLDERS, sessionFunctions } from './agents/reach.ts'
import { touchedBy, type Touch } from './agents/touched.ts'

const ROOT = join(import.meta.dirname, '..')
const AGENTS = join(ROOT, 'agents')

/** Where the page lies. */
export const SURFACE_PAGE = join(ROOT, 'docs/windows-surface.md')

const ROLES: Readonly<Record<Role, string>> = { target: 'Target device', pvs: 'PVS server', kms: 'KMS host' }

/** What many operations do, told once. */
const SHARED: Readonly<Record<string, string>> = {
  'Enter-VdpHost': 'Every session, at its hello.',
  'Invoke-VdpWrite': 'Every operation that writes, around its act: lock (the mutex `Global\\vdiskprep-act`), fence and receipt.',
  'Get-VdpActReport': 'Every operation whose facts have `act`: the receipts, and whether what began them still runs.',
  'Import-VdpPvsSnapIn': 'The first call of PVS in a session.',
}

/** The page of everything that agents touch on Windows and PVS, by operation, from their syntax trees; and what is sent to a host. */
export async function surfacePage(): Promise<string> {
  const agents = readAgentTrees(AGENTS)
  const all = Object.keys(operations) as OperationName[]
  const touches = new Map([...Object.keys(SHARED), ...all].map((name) => [name, ownTouches(agents, name)]))
  const parts = (Object.keys(ROLES) as Role[]).flatMap((role) => [
    `## ${ROLES[role]}`,
    '',
    ...operationsOf(role).flatMap((op) => section(agents, op, touches.get(op) ?? [])),
  ])
  return [
    '# What the agents touch on Windows',
    '',
    'Every operation with each CIM class and method, service, registry value, file, program, event log and PVS cmdlet that it can come to, and',
    'whether it reads or writes it. Generated from the syntax trees of `agents/` by `npm run schemas`; a test fails when it is stale.',
    '',
    'Paths are followed through the calls with the arguments that are written there; both ways of a condition are listed. **What stands in braces',
    'is an expression of the script whose value only the host knows.** `%NAME%` is a variable of the environment. A property list in brackets',
    'names what is read; without one a CIM instance is read whole. A program that outlives its limit is killed with its children, in 5.1 by',
    '`taskkill.exe`.',
    '',
    ...(await bundles(agents)),
    ...sums(all.map((op) => touches.get(op) ?? [])),
    '## What many operations share',
    '',
    ...Object.entries(SHARED).flatMap(([name, when]) => [`### ${name}`, '', when, '', ...table(touches.get(name) ?? [])]),
    ...parts,
  ].join('\n')
}

/** Without what has a section of its own: the shared functions, and other operations. */
function ownTouches(agents: Agents, name: string): readonly Touch[] {
  return touchedBy(agents, name, new Set([...Object.keys(SHARED), ...Object.keys(operations)].filter((one) => one !== name)))
}

function section(agents: Agents, op: OperationName, touches: readonly Touch[]): readonly string[] {
  const synopsis = agents.functions.get(op)?.help?.synopsis ?? ''
  const also = callsOf(agents, op).map((name) => `\`${name}\``)
  return [`### ${op}`, '', synopsis, '', ...(also.length > 0 ? [`And all of ${also.join(', ')}.`, ''] : []), ...table(touches)]
}

/** The functions with a section of their own that an operation comes to. */
function callsOf(agents: Agents, op: string): readonly string[] {
  const named = new Set([...Object.keys(SHARED), ...Object.keys(operations)])
  const found = new Set<string>()
  const seen = new Set<string>()
  const open = [op]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    if (named.has(name) && name !== op) found.add(name)
    else open.push(...(agents.functions.get(name)?.calls.map((call) => call.name) ?? []))
  }
  return [...found].sort()
}

function table(touches: readonly Touch[]): readonly string[] {
  const code = (text: string) => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``).replaceAll('|', '\\|')
  const rows = touches.map(
    ({ kind, thing, access }) => `| ${kind} | ${code(thing)} | ${access === 'write' ? '**write**' : 'read'} |`,
  )
  return rows.length === 0 ? [] : ['| what | which | how |', '|---|---|---|', ...rows, '']
}

function sums(touches: readonly (readonly Touch[])[]): readonly string[] {
  const distinct = new Map(touches.flat().map((one) => [JSON.stringify(one), one]))
  const kinds = [...new Set([...distinct.values()].map(({ kind }) => kind))].sort()
  const count = (kind: string, access: Touch['access']) =>
    [...distinct.values()].filter((one) => one.kind === kind && one.access === access).length
  return [
    `## In all: ${touches.length} operations`,
    '',
    '| what | read | written |',
    '|---|---|---|',
    ...kinds.map((kind) => `| ${kind} | ${count(kind, 'read')} | ${count(kind, 'write')} |`),
    '',
  ]
}

async function bundles(agents: Agents): Promise<readonly string[]> {
  const rows = (Object.keys(ROLES) as Role[]).map(async (role) => {
    const text = await readAgents(AGENTS, role)
    const lines = bundleOf(text).parts.reduce((sum, { line }) => sum + line.length, 0)
    const here = [...agents.functions.values()].filter(({ file }) =>
      [ROLE_FOLDERS[role], 'Common', 'Session'].includes(file.split('/')[0] ?? ''),
    )
    const reached = reachedIn(agents, role).size
    const kib = (bytes: number) => `${Math.round(bytes / 1024)} KiB`
    return `| ${ROLES[role]} | ${reached} | ${here.length - reached} | ${kib(Buffer.byteLength(text))} | ${kib(lines)} |`
  })
  return [
    '## What is sent to a host',
    '',
    `At the start of a session, held in memory there: the functions that the role's operations or the session (${sessionFunctions(agents).length} functions) come to,`,
    'without help and comments. The same files give the same bytes; their SHA-256 is in the hello, and the host answers it.',
    '',
    '| role | functions | left out | text | as lines on the wire |',
    '|---|---|---|---|---|',
    ...(await Promise.all(rows)),
    '',
  ]
}
