import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { hostname, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { compose } from '../../../src/compose.ts'
import type { FarmFile } from '../../../src/lab/farm-file/schema.ts'
import { startLab, type Lab } from '../../../src/lab/lab.ts'
import { runCommandLine } from '../../../src/ui/cli/program.ts'
import { VERSION } from '../../../src/version.ts'
import { printed } from '../../ui/vdiskprep.ts'

const MAIN = join(import.meta.dirname, '../../../src/main.ts')

/** Names that pages give to runs, in the order in which they are begun. */
const RUNS = ['8k2mz', '9m4kt', 'c4x7q', 'h2v9n']

/** What a command left on the terminal, and its exit code. */
interface Told {
  readonly code: number
  readonly lines: readonly string[]
}

/** A desk on which the commands of pages are typed: a folder, a store, and a simulated farm once a page has started one. */
export class Session {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'vdp-pages-')))
  readonly env = { HOME: this.folder, XDG_STATE_HOME: join(this.folder, '.local/state') }
  readonly #runs: string[] = []
  #plan = ''
  #typedLab: ChildProcess | null = null
  #farm: Lab | null = null

  /** A farm that is there before the first command; what `init` writes of its hosts is replaced by where they really are. */
  async standIn(farm: FarmFile): Promise<void> {
    this.#farm = await startLab(farm, { dir: join(this.folder, 'lab') })
  }

  /** Copies a file as `cp` does; `~` is the folder. */
  copy(from: string, to: string): void {
    cpSync(join(this.folder, from.replace('~/', '')), join(this.folder, to))
  }

  /** Types one command in the folder. `lab` goes on until the session is closed; all others run in this process. */
  async type(words: string): Promise<Told> {
    const argv = [...this.#real(words).matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
    if (argv[0] === 'lab' && argv[1] !== 'ledger' && !argv.includes('--list-faults')) return await this.#startLab(argv)
    const told = await this.#call(argv)
    if (argv[0] === 'init') await this.#stand()
    this.#plan = / plan ([0-9a-f]{8}) /.exec(told.out)?.[1] ?? this.#plan
    await this.#nameRuns()
    return { code: told.code, lines: this.#asOnPages(told.out).trimEnd().split('\n') }
  }

  async close(): Promise<void> {
    await this.#farm?.close()
    if (this.#typedLab !== null) {
      const closed = once(this.#typedLab, 'close')
      this.#typedLab.kill('SIGTERM')
      await closed
    }
    await rm(this.folder, { recursive: true, force: true })
  }

  async #startLab(argv: readonly string[]): Promise<Told> {
    const lab = spawn(process.execPath, [MAIN, ...argv], {
      cwd: this.folder,
      env: { ...process.env, ...this.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#typedLab = lab
    let out = ''
    lab.stdout.on('data', (piece: Buffer) => (out += piece.toString()))
    await printed(lab, 'Ctrl-C ends it.')
    return { code: 0, lines: this.#asOnPages(out).trimEnd().split('\n') }
  }

  async #call(argv: readonly string[]): Promise<{ code: number; out: string }> {
    let out = ''
    const say = (text: string) => void (out += `${text}\n`)
    const terminal = {
      width: 80,
      interactive: false,
      attended: false,
      out: say,
      err: say,
      paint: (_: unknown, text: string) => text,
    }
    const program = {
      version: VERSION,
      env: this.env,
      compose: (how: object) => Promise.resolve(compose(VERSION, this.env, how)),
    }
    const before = process.cwd()
    process.chdir(this.folder)
    try {
      return { code: await runCommandLine(argv, program, terminal), out }
    } finally {
      process.chdir(before)
    }
  }

  async #stand(): Promise<void> {
    if (this.#farm === null) return
    const { inventory, knownHosts } = await this.#farm.writeTo(this.folder)
    renameSync(inventory, join(this.folder, 'farm.yaml'))
    rmSync(knownHosts)
  }

  async #nameRuns(): Promise<void> {
    const { out } = await this.#call(['list', '--json'])
    for (const [, run = ''] of out.matchAll(/"run":"(\w{5})"/g)) if (!this.#runs.includes(run)) this.#runs.push(run)
  }

  #real(words: string): string {
    const planned = words.replace(/--plan [0-9a-f]{8}/, `--plan ${this.#plan}`)
    return this.#runs.reduce((text, run, nth) => text.replaceAll(RUNS[nth] ?? run, run), planned)
  }

  /** Nothing of this machine stands on a page. */
  #asOnPages(text: string): string {
    const named = this.#runs.reduce((so, run, nth) => so.replaceAll(run, RUNS[nth] ?? run), text)
    const { username } = userInfo()
    return named
      .replaceAll(this.folder, '~')
      .replaceAll(`${username}@${hostname()}`, 'maria@ops1')
      .replaceAll(new RegExp(`\\b${username}\\b`, 'g'), 'maria')
  }
}
