import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { formatDiagnostics } from '../../src/workflow/diagnostic.ts'
import { diskFiles } from '../../src/workflow/file-reader.ts'
import { readWorkflow, validateFile, type Validation, type Workflow } from '../../src/workflow/read-workflow.ts'

/** The folder of the shipped procedures. */
export const PROCEDURES = join(import.meta.dirname, '..', '..', 'workflows')

/** A farm with two servers, a prep device, two canaries and a KMS host, as an inventory file. */
export const FARM = `farms:
  HQ: { sites: { Main: { servers: [PVS01, PVS02] } } }
defaults:
  ssh: { user: HQ\\svc }
hosts:
  PVS01: { role: pvs }
  PVS02: { role: pvs }
  W11-MASTER: { role: target }
  W11-T01: { role: target }
  W11-T02: { role: target }
  KMS1: { role: kms }
kmsHost: KMS1
`

/** A complete workflow on FARM; what is given is written below it. */
export function w11(more = ''): string {
  return `extends: kms-new-image
inventory: farm.yaml
vdisk: { store: Store1, name: W11-Office }
target: W11-MASTER
canaries: [W11-T01, W11-T02]
${more}`
}

/** Real files in a folder of their own. Messages show paths relative to it. */
export interface Workspace {
  readonly folder: string
  validate(file: string): Validation
  problems(file: string): string
  read(file: string): Workflow
  remove(): void
}

/** Writes the files (with farm.yaml unless one is given) and reads them as the program does. */
export function workspace(files: Readonly<Record<string, string | Uint8Array>>): Workspace {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vdp-workflow-')))
  for (const [name, content] of Object.entries({ 'farm.yaml': FARM, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  const disk = diskFiles(PROCEDURES)
  return {
    folder,
    validate: (file) => validateFile(join(folder, file), disk),
    problems: (file) => formatDiagnostics(validateFile(join(folder, file), disk).diagnostics).replaceAll(`${folder}/`, ''),
    read: (file) => readWorkflow(join(folder, file), disk),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** What the program says about one file. */
export function problemsOf(text: string | Uint8Array, more: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const space = workspace({ 'w11.yaml': text, ...more })
  try {
    return space.problems('w11.yaml')
  } finally {
    space.remove()
  }
}

/** A golden message without its indentation in the test file. */
export function message(parts: TemplateStringsArray): string {
  const lines = (parts.raw[0] ?? '')
    .replace(/^\n/, '')
    .replace(/\n\s*$/, '')
    .split('\n')
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length))
  return lines.map((line) => line.slice(indent)).join('\n')
}
