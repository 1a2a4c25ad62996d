import { basename, resolve } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import type { HandHost, Hands } from '../../../engine/ports/by-hand.ts'
import type { Store } from '../../../engine/ports/store.ts'
import type { FaultRecord } from '../../../faults/fault.ts'
import type { MachineLine } from '../../../report/events/event-schema.ts'
import { faultLine } from '../../../report/events/lines.ts'
import { linesOf } from '../follow.ts'
import type { CommonOptions } from '../options.ts'
import { faultLines } from '../screens/fault.ts'
import type { Terminal } from '../terminal.ts'
import { handScreen, stillWaiting } from './screen.ts'

/** Options of commands that can be carried out by hand. */
export interface HandOptions {
  /** The folder that travels. */
  readonly byHand?: string
  /** The same as the hosts call it. */
  readonly folderThere?: string
}

/** People at this terminal, and what they are told when they leave. */
export interface TerminalHands extends Hands {
  /** From this signal on nobody waits for an act any more. */
  leaveOn(signal: AbortSignal): void
}

/** The people at this terminal, who carry questions to hosts; undefined where hosts are reached over a wire. With `store` the runs say why
 *  they ask. */
export function handsOf(options: HandOptions & CommonOptions, terminal: Terminal, store?: Store): TerminalHands | undefined {
  return options.byHand === undefined ? undefined : new AtTerminal(options.byHand, options, terminal, store)
}

/** Hosts are connected one after the other; what is asked of them within this time is told on one screen. */
const TOGETHER_MS = 150

class AtTerminal implements TerminalHands {
  readonly folder: string
  readonly there: string
  readonly #leaving = new AbortController()
  readonly #options: HandOptions & CommonOptions
  readonly #terminal: Terminal
  readonly #store: Store | undefined
  #take: (line: string) => void = () => undefined
  #shown: readonly HandHost[] = []
  #first = true
  #soon: NodeJS.Timeout | undefined
  #keyboard: Interface | undefined
  #telling: Promise<unknown> = Promise.resolve()

  constructor(folder: string, options: HandOptions & CommonOptions, terminal: Terminal, store: Store | undefined) {
    this.folder = resolve(folder)
    this.there = options.folderThere ?? calledThere(this.folder)
    this.#options = options
    this.#terminal = terminal
    this.#store = store
  }

  get leaving(): AbortSignal {
    return this.#leaving.signal
  }

  leaveOn(signal: AbortSignal): void {
    const leave = () => this.#leaving.abort()
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, { once: true })
  }

  listen(take: (line: string) => void): void {
    this.#take = take
  }

  waiting(hosts: readonly HandHost[]): void {
    this.#keys(hosts.length > 0)
    clearTimeout(this.#soon)
    if (hosts.length === 0 || this.#leaving.signal.aborted) return
    this.#soon = setTimeout(() => {
      const before = this.#shown
      this.#shown = hosts
      this.#telling = this.#telling.then(() => this.#tell(hosts, before)).catch(() => undefined)
    }, TOGETHER_MS)
  }

  wrong(fault: FaultRecord): void {
    if (this.#options.json === true) this.#say(JSON.stringify(faultLine(fault, null)))
    else for (const line of faultLines(fault, null, this.#terminal)) this.#terminal.err(line)
  }

  /** A line of --json. The output of a command without runs is one document, which it must not stand in. */
  #say(line: string): void {
    if (this.#store === undefined) this.#terminal.err(line)
    else this.#terminal.out(line)
  }

  async #tell(hosts: readonly HandHost[], before: readonly HandHost[]): Promise<void> {
    const { folder } = this
    if (this.#options.json === true) {
      const line: MachineLine = {
        v: 1,
        type: 'by-hand',
        folder,
        hosts: hosts.map((one) => ({ ...one, questions: [...one.questions] })),
      }
      this.#say(JSON.stringify(line))
      return
    }
    const known = new Set(numbersOf(before))
    if (numbersOf(hosts).every((n) => known.has(n))) {
      const left = new Set(hosts.map(({ host }) => host))
      const answered = before.map(({ host }) => host).filter((host) => !left.has(host))
      if (answered.length > 0) this.#terminal.err(stillWaiting(answered, hosts))
      return
    }
    const runs = [...new Set(hosts.flatMap(({ questions }) => questions.map(({ run }) => run)))]
    const why = (await Promise.all(runs.map((run) => this.#why(run)))).filter((one) => one !== null)
    const { folderThere, byHand = folder } = this.#options
    const hand = `--by-hand ${byHand}${folderThere === undefined ? '' : ` --folder-there ${folderThere}`}`
    const at = { folder, why, resume: `vdiskprep resume ${runs[0] ?? ''} ${hand}`, first: this.#first }
    this.#first = false
    for (const line of handScreen(hosts, at, this.#terminal)) this.#terminal.err(line)
  }

  /** What a run is about to find out, in the words of its journal. */
  async #why(run: string): Promise<string | null> {
    if (this.#store === undefined) return null
    const events = (await linesOf(this.#store, run)).map(({ event }) => event)
    const stage = events.findLast((event) => event.type === 'stage.entered')
    if (stage?.type !== 'stage.entered') return null
    const [title] = events.flatMap((event) => (event.type === 'run.started' ? [event.plan.title] : []))
    return `${title ?? run}, ${stage.place.split('.')[0] ?? ''}: ${stage.title}`
  }

  /** Reads what is typed or pasted while something is waited for. A line of an answer is longer than a terminal hands over by itself. */
  #keys(wanted: boolean): void {
    if (!wanted) {
      this.#keyboard?.close()
      this.#keyboard = undefined
      return
    }
    if (this.#keyboard !== undefined || !this.#terminal.attended || this.#options.nonInteractive === true) return
    this.#keyboard = createInterface({ input: process.stdin, output: process.stderr, terminal: true, prompt: '', historySize: 0 })
    this.#keyboard.on('line', (line) => this.#take(line))
    this.#keyboard.on('SIGINT', () => process.emit('SIGINT', 'SIGINT'))
  }
}

/** A folder of this machine as a Windows host may call it; X stands for the letter that a stick gets there. */
function calledThere(folder: string): string {
  return /^(?:[A-Za-z]:|\\\\)/.test(folder) ? folder : `X:\\${basename(folder)}`
}

function numbersOf(hosts: readonly HandHost[]): readonly number[] {
  return hosts.flatMap(({ questions }) => questions.map(({ n }) => n))
}
