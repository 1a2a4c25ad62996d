import { execFileSync, spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** Whether terminals can be made here. */
export const hasTmux = spawnSync('tmux', ['-V']).status === 0

/** What a terminal shows and how it stands. */
export interface Standing {
  readonly cursorShown: boolean
  readonly alternateScreen: boolean
}

/** Terminals of their own, apart from those of the person at this machine; a socket names them. */
export class Terminals {
  readonly #socket: string

  constructor(socket: string) {
    this.#socket = socket
  }

  /** A shell in a folder, in a terminal of this size, that knows nothing of this machine's settings but `env`. */
  open(name: string, folder: string, columns: number, rows: number, env: Readonly<Record<string, string>>): Screen {
    const settings = Object.entries({ LANG: 'C.UTF-8', PS1: '$ ', ...env }).map(([key, value]) => `${key}=${value}`)
    const size = ['-x', String(columns), '-y', String(rows)]
    const shell = ['env', '-i', 'TERM=tmux-256color', ...settings, 'sh', '-i']
    this.tmux('new-session', '-d', '-s', name, ...size, '-c', folder, ...shell)
    return new Screen(this, name)
  }

  tmux(...args: readonly string[]): string {
    return execFileSync('tmux', ['-f', '/dev/null', '-L', this.#socket, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  /** Ends all of them, and takes away the socket, which tmux leaves behind. */
  close(): void {
    const shown = spawnSync('tmux', ['-L', this.#socket, 'display', '-p', '#{socket_path}'], { encoding: 'utf8' })
    spawnSync('tmux', ['-L', this.#socket, 'kill-server'])
    if (shown.status === 0) rmSync(shown.stdout.trim(), { force: true })
  }
}

/** One terminal: what is typed there, and what it shows. */
export class Screen {
  readonly #terminals: Terminals
  readonly #name: string

  constructor(terminals: Terminals, name: string) {
    this.#terminals = terminals
    this.#name = name
  }

  /** Types a text as it is. */
  type(text: string): void {
    this.#terminals.tmux('send-keys', '-t', this.#name, '-l', text)
  }

  /** Pastes a text, its lines ended as a terminal ends them. */
  paste(text: string): void {
    this.#terminals.tmux('set-buffer', text)
    this.#terminals.tmux('paste-buffer', '-t', this.#name)
  }

  /** Presses keys by their names in tmux: Enter, Escape, C-c, Up. */
  press(...keys: readonly string[]): void {
    this.#terminals.tmux('send-keys', '-t', this.#name, ...keys)
  }

  resize(columns: number, rows: number): void {
    this.#terminals.tmux('resize-window', '-t', this.#name, '-x', String(columns), '-y', String(rows))
  }

  /** What stands on it now, without blanks at the ends of lines. */
  text(): string {
    return this.#terminals.tmux('capture-pane', '-p', '-t', this.#name)
  }

  standing(): Standing {
    const [cursor, alternate] = this.#terminals
      .tmux('display', '-p', '-t', this.#name, '#{cursor_flag} #{alternate_on}')
      .trim()
      .split(' ')
    return { cursorShown: cursor === '1', alternateScreen: alternate === '1' }
  }

  /** The screen as soon as it shows this. Rejects with what it shows instead when it does not within the time, in milliseconds. */
  async shows(what: RegExp, within = 60_000): Promise<string> {
    const until = performance.now() + within
    for (;;) {
      const text = this.text()
      if (what.test(text)) return text
      if (performance.now() > until) throw new Error(`${String(what)} did not come; the screen shows:\n${text}`)
      await wait(100)
    }
  }
}
