import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { AGENTS_FOLDER } from '../fixtures/powershell.ts'

/** A function as PowerShell's parser reads it. `lines` counts from its param block, without the help. */
export interface ParsedFunction {
  readonly name: string
  readonly approved: boolean
  readonly lines: number
  readonly help: {
    readonly synopsis: string
    readonly description: string
    readonly examples: number
    readonly outputs: string
    readonly notes: string
    /** Upper case. */
    readonly parameters: readonly string[]
  } | null
  readonly parameters: readonly {
    readonly name: string
    readonly type: string
    readonly mandatory: boolean
    readonly nullable: boolean
  }[]
}

/** A call with the names of its parameters, splatted ones too, and the blocks it stands in (`Invoke-VdpWrite Act`), inmost first. */
export interface ParsedCommand {
  readonly name: string
  readonly parameters: readonly string[]
  readonly within: readonly string[]
  readonly line: number
}

/** A property that is read or written: `on` is the text before the dot. */
export interface ParsedMember {
  readonly on: string
  readonly name: string
  readonly written: boolean
  readonly line: number
}

/** A variable that a block given to the command `by` takes from around it. */
export interface ParsedCapture {
  readonly by: string
  readonly name: string
  readonly line: number
}

/** One file of the agents. */
export interface ParsedFile {
  readonly file: string
  readonly errors: readonly string[]
  /** Syntax that Windows PowerShell 5.1 does not have. */
  readonly newer: readonly string[]
  readonly functions: readonly ParsedFunction[]
  readonly commands: readonly ParsedCommand[]
  readonly members: readonly ParsedMember[]
  readonly captured: readonly ParsedCapture[]
}

/** The files of some folders of the agents, read by the pwsh on the PATH. */
export function parseAgents(...folders: readonly string[]): readonly ParsedFile[] {
  const script = join(import.meta.dirname, 'parse.ps1')
  const paths = folders.map((folder) => `'${join(AGENTS_FOLDER, folder).replaceAll("'", "''")}'`).join(',')
  const command = `& '${script.replaceAll("'", "''")}' -Folder ${paths}`
  const said = execFileSync('pwsh', ['-NoProfile', '-NonInteractive', '-Command', command], {
    maxBuffer: 2 ** 26,
    timeout: 120_000,
  })
  return JSON.parse(said.toString('utf8')) as ParsedFile[]
}

/** Blocks that read a variable which the command they are given to, or one below it on the way, has as a parameter: they would see that one. */
export function shadowed(files: readonly ParsedFile[]): string[] {
  const functions = files.flatMap((file) => file.functions.map((one) => ({ ...one, commands: file.commands })))
  const runners = new Map(functions.filter(takesBlocks).map((one) => [one.name, one]))
  const own = (name: string, seen: readonly string[] = []): string[] => {
    const runner = runners.get(name)
    if (runner === undefined || seen.includes(name)) return []
    const further = runner.commands.flatMap((one) => own(one.name, [...seen, name]))
    return [...runner.parameters.map((one) => one.name.toLowerCase()), ...further]
  }
  return files.flatMap(({ file, functions: [itself], captured }) =>
    captured
      .filter(({ by, name }) => !runners.has(itself?.name ?? '') && own(by).includes(name.toLowerCase()))
      .map(({ by, name, line }) => `${file}:${line} $${name} in a block for ${by}`),
  )
}

function takesBlocks({ parameters }: ParsedFunction): boolean {
  return parameters.some(({ type }) => /scriptblock/i.test(type))
}
