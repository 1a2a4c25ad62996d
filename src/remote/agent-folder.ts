import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Role } from '../wire/operations/catalogue.ts'
import { namesIn } from './agent-files.ts'
import { withoutSignature } from './installed.ts'

/** The hash list of an exported folder, in the form that sha256sum reads. */
const LIST = 'SHA256SUMS'

const ROLES: readonly Role[] = ['target', 'pvs', 'kms']

/** How a file of a folder compares with the one this program writes. `signed`: the same text, and a signature, which is not checked here. */
export interface ComparedFile {
  readonly file: string
  readonly is: 'same' | 'signed' | 'differs' | 'missing' | 'extra'
}

/** A folder of one role. `version` is what its hash list names, null without one. */
export interface ComparedFolder {
  readonly role: Role
  readonly folder: string
  readonly version: string | null
  readonly files: readonly ComparedFile[]
}

/** Text of the files of each role, by name. */
export type AgentFiles = (role: Role) => Promise<ReadonlyMap<string, string>>

/** One file as it is written. */
export interface AgentFile {
  readonly file: string
  readonly sha256: string
  readonly bytes: number
}

/** The files of a role with their hash list. */
export function listed(role: Role, files: ReadonlyMap<string, string>, version: string): ReadonlyMap<string, string> {
  const lines = [...files].map(([name, text]) => `${hashOf(text)}  ${name}`)
  const head = `# vdiskprep ${version}, agents of role ${role}; of the text without signatures`
  return new Map([...files, [LIST, `${[head, ...lines].join('\n')}\n`]])
}

/** What a folder holds beside what would be written there, in words; empty when it may be written. Rejects when it cannot be read. */
export async function foreignIn(folder: string, roles: readonly Role[], filesOf: AgentFiles): Promise<readonly string[]> {
  const others = (await namesIn(folder)).sort().filter((name) => !ROLES.some((role) => role === name))
  const compared = await Promise.all(
    roles.map(async (role) => ({ role, files: await comparedFiles(join(folder, role), role, await filesOf(role)) })),
  )
  const changed = compared.flatMap(({ role, files }) =>
    files.filter(({ is }) => is !== 'same' && is !== 'missing').map(({ file, is }) => `${role}/${file} (${is})`),
  )
  return [...others, ...changed]
}

/** Writes the files of a role into its folder and tells what was written. Files that are there must be the same. */
export async function writeRole(folder: string, files: ReadonlyMap<string, string>): Promise<readonly AgentFile[]> {
  await mkdir(folder, { recursive: true })
  for (const [name, text] of files) await writeFile(join(folder, name), text)
  return [...files].map(([file, text]) => ({ file, sha256: hashOf(text), bytes: Buffer.byteLength(text) }))
}

/** Compares an exported folder, or one role's folder alone, with what this program would write. Empty when it holds neither. */
export async function compareFolder(folder: string, filesOf: AgentFiles): Promise<readonly ComparedFolder[]> {
  const names = await namesIn(folder)
  const own = await headOf(folder)
  const places =
    own === undefined
      ? ROLES.filter((role) => names.includes(role)).map((role) => [role, join(folder, role)] as const)
      : [[own.role, folder] as const]
  const found: ComparedFolder[] = []
  for (const [role, place] of places) {
    const version = (await headOf(place))?.version ?? null
    found.push({ role, folder: place, version, files: await comparedFiles(place, role, await filesOf(role)) })
  }
  return found
}

async function comparedFiles(folder: string, role: Role, files: ReadonlyMap<string, string>): Promise<readonly ComparedFile[]> {
  const wanted = listed(role, files, '')
  const names = (await namesIn(folder)).sort()
  const own = await Promise.all(
    [...wanted].map(async ([file, text]): Promise<ComparedFile> => {
      if (!names.includes(file)) return { file, is: 'missing' }
      const there = withoutSignature(await readFile(join(folder, file), 'utf8'))
      const isSame = file === LIST ? hashLines(there.text) === hashLines(text) : there.text === text
      return { file, is: !isSame ? 'differs' : there.signed ? 'signed' : 'same' }
    }),
  )
  return [...own, ...names.filter((name) => !wanted.has(name)).map((file) => ({ file, is: 'extra' as const }))]
}

/** Role and version that a folder's hash list names. */
async function headOf(folder: string): Promise<{ role: Role; version: string } | undefined> {
  if (!(await namesIn(folder)).includes(LIST)) return undefined
  const [, version = '', said = ''] =
    /^# vdiskprep (\S+), agents of role (\w+)/.exec(await readFile(join(folder, LIST), 'utf8')) ?? []
  const role = ROLES.find((one) => one === said)
  return role && { role, version }
}

/** The version in the head is a label: what was signed stays good as long as its text does. */
function hashLines(list: string): string {
  return list
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .sort()
    .join('\n')
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
