import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@jest/globals'

export const ROOT = join(import.meta.dirname, '../..')
/** The first example, as a desk has it: a copy in its working folder, so that no screen depends on where this checkout lies. */
export const EXAMPLE = 'first-vdisk'

/** What a command left behind. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A desk of its own: state folder, working folder, and the real command line as child processes of it. */
export interface Desk {
  readonly home: string
  vdp(...args: string[]): Promise<Ended>
  /** Starts a command and leaves it running. */
  begin(...args: string[]): ChildProcess & { readonly ended: Promise<Ended> }
  clear(): Promise<void>
}

/** What a command is given to see of this machine: its programs, what Node has compiled, and a home of its own. */
export function bareEnv(home: string): Readonly<Record<string, string>> {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env
  return { PATH, NODE_COMPILE_CACHE, HOME: home, VDISKPREP_HOME: join(home, 'state') }
}

/** A desk in a new temporary folder; commands see nothing of this machine's settings but what `env` says. */
export async function desk(env: Readonly<Record<string, string>> = {}): Promise<Desk> {
  const home = await mkdtemp(join(tmpdir(), 'vdp-ui-'))
  await cp(join(ROOT, 'examples', EXAMPLE), join(home, EXAMPLE), { recursive: true })
  const begin: Desk['begin'] = (...args) => {
    const child = spawn(process.execPath, [join(ROOT, 'src/main.ts'), ...args], {
      cwd: home,
      env: { ...bareEnv(home), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return Object.assign(child, { ended: endOf(child) })
  }
  return { home, begin, vdp: (...args) => begin(...args).ended, clear: () => rm(home, { recursive: true, force: true }) }
}

async function endOf(child: ChildProcess): Promise<Ended> {
  const texts = { out: '', err: '' }
  child.stdout?.on('data', (piece: Buffer) => (texts.out += piece.toString()))
  child.stderr?.on('data', (piece: Buffer) => (texts.err += piece.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...texts }
}

/** Resolves when a running command has printed the text. */
export async function printed(child: ChildProcess, text: string): Promise<void> {
  let seen = ''
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (piece: Buffer) => {
      seen += piece.toString()
      if (seen.includes(text)) resolve()
    })
    child.once('close', () => reject(new Error(`it ended without "${text}": ${seen}`)))
  })
}

/** JSON lines as values. */
export function lines(text: string): readonly Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

/** Compares a screen with the golden one, times, ids and folders masked, and no line wider than 80 columns but a command, which is not cut so
 *  that it can be copied. UPDATE_GOLDEN=1 writes it. */
export function expectScreen(name: string, text: string, home: string): void {
  const wide = text.split('\n').filter((line) => line.replaceAll(home, '').length > 80 && !/^ *([\w ]+: +)?vdiskprep /.test(line))
  expect(wide).toEqual([])
  const masked = text
    .replaceAll(home, 'HOME')
    .replaceAll(/\b\d\d\d\d-\d\d-\d\d \d\d:\d\d:\d\d\b/g, 'DATE-TIME')
    .replaceAll(/ *\b(\d+:)?\d+:\d\d\b/g, ' 0:00')
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'GUID')
    .replaceAll(/(licensed by .*, count) \d+/g, '$1 NN')
    .replaceAll(/\d+ days left/g, 'N days left')
    .replaceAll(/(run|decide|show|resume) [23456789bcdfghjkmnpqrstvwxz]{5}\b/g, '$1 RUNID')
    .replaceAll(/RUNID@\d+/g, 'RUNID@LINE')
    .replaceAll(/(plan|--plan) [0-9a-f]{8}\b/g, '$1 HASH')
    .replaceAll(/runs\.db\s+\(run\s+(\w+),\s+\d+ events,\s+head\s+[0-9a-f]{16}\)/g, 'runs.db (run $1, N events, head HEAD)')
    .replaceAll(/\d+ events, head\s+[0-9a-f]{16}/g, 'N events, head HEAD')
    .replaceAll(/ +(?!RUNID)\S+@\S+/g, ' LOGIN')
    .replaceAll(/(RUNID) {3}\S+ /g, '$1   LOGIN ')
  const file = join(import.meta.dirname, 'golden', `${name}.txt`)
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, masked)
  expect(masked).toBe(readFileSync(file, 'utf8'))
}
