import { basename, resolve } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { Writable } from 'node:stream'
import type { HandHost, Hands } from '../../../engine/ports/by-hand.ts'
import type { Store } from '../../../engine/ports/store.ts'
import type { FaultRecord } from '../../../faults/fault.ts'
import type { MachineLine } from '../../../report/events/event-schema.ts'
import { faultLine } from '../../../report/events/lines.ts'
import { linesOf } from '../follow.ts'
import type { CommonOptions } from '../options.ts'
import { faultLines } from '../screens/fault.ts'
import { asTyped } from '../screens/as-typed.ts'
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

/** So long after the first line of an answer what comes is still pasted and not typed: its other pieces, and what ask.ps1 printed beside it. */
const PASTE_MS = 300

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
  #pasting = -Infinity
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

  #heard(line: string): void {
    if (line.startsWith('{')) this.#pasting = performance.now()
    if (line.trim().toLowerCase() !== 'list') this.#take(line)
    else if (this.#shown.length > 0) {
      this.#first = true
      this.#telling = this.#telling.then(() => this.#list(this.#shown)).catch(() => undefined)
    }
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
    if (this.#options.json === true) {
      const line: MachineLine = {
        v: 1,
        type: 'by-hand',
        folder: this.folder,
        hosts: hosts.map((one) => ({ ...one, questions: [...one.questions] })),
      }
      this.#say(JSON.stringify(line))
      return
    }
    const known = new Set(numbersOf(before))
    if (numbersOf(hosts).every((n) => known.has(n))) {
      for (const line of stillWaiting(before, hosts, this.#terminal.width)) this.#terminal.err(line)
      return
    }
    await this.#list(hosts)
  }

  async #list(hosts: readonly HandHost[]): Promise<void> {
    const runs = [...new Set(hosts.flatMap(({ questions }) => questions.map(({ run }) => run)))]
    const why = (await Promise.all(runs.map((run) => this.#why(run)))).filter((one) => one !== null)
    const at = {
      folder: this.folder,
      why,
      resume: this.#store === undefined ? [] : runs.map((run) => asTyped(`vdiskprep resume ${run}`, this.#terminal.said)),
      letter: this.#options.folderThere === undefined && this.there !== this.folder,
      first: this.#first,
    }
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

  /** Reads what is typed or pasted while something is waited for. A line of an answer is longer than a terminal hands over by itself, and is
   *  not shown: it would push the list away that people work through. */
  #keys(wanted: boolean): void {
    if (!wanted) {
      this.#keyboard?.close()
      this.#keyboard = undefined
      return
    }
    if (this.#keyboard !== undefined || !this.#terminal.attended || this.#options.nonInteractive === true) return
    const isAnswer = () => this.#keyboard?.line.startsWith('{') === true || performance.now() - this.#pasting < PASTE_MS
    const output = new Writable({
      write: (piece: Buffer, _, next) => {
        if (!isAnswer()) process.stderr.write(piece)
        next()
      },
    })
    this.#keyboard = createInterface({ input: process.stdin, output, terminal: true, prompt: '', historySize: 0 })
    this.#keyboard.on('line', (line) => this.#heard(line))
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
