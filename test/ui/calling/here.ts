import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compose } from '../../../src/compose.ts'
import { runCommandLine } from '../../../src/ui/cli/program.ts'

/** What a command left behind. */
export interface Called {
  readonly code: number
  readonly out: string
  readonly err: string
  /** Each line of stdout as JSON. */
  lines(): readonly Record<string, unknown>[]
}

/** The command line in this process, with a state folder of its own and no variables but those given. */
export interface Here {
  readonly folder: string
  readonly env: Record<string, string>
  call(...argv: string[]): Promise<Called>
  clear(): Promise<void>
}

/** A place to call commands from; nothing of this machine's settings is seen there. */
export async function here(): Promise<Here> {
  const folder = await mkdtemp(join(tmpdir(), 'vdp-call-'))
  const env: Record<string, string> = { HOME: folder, VDISKPREP_HOME: join(folder, 'state') }
  const call: Here['call'] = async (...argv) => {
    const said = { out: '', err: '' }
    const terminal = {
      width: 80,
      interactive: false,
      attended: false,
      out: (text: string) => void (said.out += `${text}\n`),
      err: (text: string) => void (said.err += `${text}\n`),
      paint: (_style: unknown, text: string) => text,
    }
    const program = { version: 'test', env, compose: (how: object) => Promise.resolve(compose('test', env, how)) }
    const code = await runCommandLine(argv, program, terminal)
    return {
      code,
      ...said,
      lines: () => said.out.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as never])),
    }
  }
  return { folder, env, call, clear: () => rm(folder, { recursive: true, force: true }) }
}
