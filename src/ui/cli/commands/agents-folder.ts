import { join } from 'node:path'
import type { Composition } from '../../../compose.ts'
import { Fault } from '../../../faults/fault.ts'
import type { Role } from '../../../wire/operations/catalogue.ts'
import { DEFAULTS } from '../../../workflow/defaults.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import type { CommonOptions } from '../options.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'

/** Options of `agents export`. */
export interface ExportOptions extends CommonOptions {
  readonly to: string
  readonly role?: Role
}

const ROLES: readonly Role[] = ['target', 'pvs', 'kms']

/** `agents export --to DIR`: writes, per role, the files that let a host run agents of its own, to be signed or allowed there. Writes nothing
 *  into a folder that holds something else. */
export async function exportAgents(
  { to, role, json, quiet }: ExportOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const roles = role === undefined ? ROLES : [role]
  const folders = await composition.agentFolders()
  const foreign = await folders.foreign(to, roles).catch((thrown: unknown) => refused(to, thrown))
  if (foreign.length > 0) {
    const shown = [...foreign.slice(0, 4), ...(foreign.length > 4 ? [`${String(foreign.length - 4)} more`] : [])]
    throw new Fault('AGENTS_FOLDER_TAKEN', { folder: to, holds: shown, other: beside(to) })
  }
  for (const one of roles) {
    const folder = join(to, one)
    const files = await folders.write(to, one).catch((thrown: unknown) => refused(folder, thrown))
    if (json === true) terminal.out(JSON.stringify({ role: one, folder, version: composition.version, files }))
    else terminal.out(`${folder}: ${files.map(({ file, bytes }) => `${file} ${String(Math.ceil(bytes / 1024))} KiB`).join(', ')}`)
  }
  if (json !== true && quiet !== true) for (const line of advice(to, roles, terminal.width)) terminal.out(line)
  return EXIT.ok
}

function advice(to: string, roles: readonly Role[], width: number): readonly string[] {
  const image = roles.includes('target') ? ' On a target device it becomes a part of the image.' : ''
  const indented = (text: string) => hanging('     ', text, width)
  return [
    '',
    '  1. Where the policy of a host wants signed scripts, in the folder of its role:',
    '       Set-AuthenticodeSignature -Certificate $certificate -FilePath *.ps1',
    ...indented('Or allow them in WDAC or AppLocker, by signer, by hash or by folder.'),
    `  2. Copy that folder to the host, as ${DEFAULTS.installed}`,
    ...indented(`Only administrators may be able to write there.${image}`),
    '  3. In the inventory, at the host:  agents: installed',
    '     Another folder:                 agents: { installed: FOLDER }',
    `  4. vdiskprep agents verify ${to}`,
    '     vdiskprep agents check --host NAME',
  ]
}

const WORDS = { same: 'same', signed: 'signed', differs: 'DIFFERS', missing: 'MISSING', extra: 'EXTRA' } as const

/** `agents verify DIR`: whether an exported folder, here or on a host, is what this program would write. Exit code 2 when it is not. */
export async function verifyAgents(
  folder: string,
  { json, quiet }: CommonOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const folders = await composition.agentFolders()
  const compared = await folders.compare(folder).catch((thrown: unknown) => {
    if (['ENOTDIR', 'EACCES', 'EISDIR'].includes((thrown as NodeJS.ErrnoException).code ?? '')) return []
    throw thrown
  })
  if (compared.length === 0) throw new Fault('AGENTS_FOLDER_UNKNOWN', { folder })
  const isGood = compared.every(({ files }) => files.every(({ is }) => is === 'same' || is === 'signed'))
  if (json === true) {
    for (const one of compared) terminal.out(JSON.stringify(one))
    return isGood ? EXIT.ok : EXIT.input
  }
  for (const { role, folder: place, version, files } of compared) {
    terminal.out(`${place}   role ${role}, ${version === null ? 'without a hash list' : `exported by vdiskprep ${version}`}`)
    for (const { file, is } of files)
      if (quiet !== true || !['same', 'signed'].includes(is))
        terminal.out(`  ${terminal.paint(is === 'same' || is === 'signed' ? 'good' : 'bad', WORDS[is].padEnd(8))}  ${file}`)
  }
  const signed = compared.some(({ files }) => files.some(({ is }) => is === 'signed'))
  const notes = [
    ...(signed ? ['The text of signed files is the same; whether their signatures are good, Windows alone can say.'] : []),
    isGood
      ? `These are the agents of vdiskprep ${composition.version}.`
      : `These are not the agents of vdiskprep ${composition.version}.`,
  ]
  for (const note of notes) for (const line of hanging('', note, terminal.width)) terminal.out(line)
  if (!isGood) terminal.out(`  Next:  vdiskprep agents export --to ${beside(folder)}`)
  return isGood ? EXIT.ok : EXIT.input
}

function beside(folder: string): string {
  return `${folder.replace(/[\\/]+$/, '')}-2`
}

function refused(file: string, thrown: unknown): never {
  const { code } = thrown as NodeJS.ErrnoException
  if (code === undefined) throw thrown
  throw new Fault('FILE_NOT_WRITTEN', { file, why: code === 'ENOTDIR' || code === 'EEXIST' ? 'this is no folder' : code }, thrown)
}
