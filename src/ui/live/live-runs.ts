import type { World } from '../../engine/drive.ts'
import type { JournalEntry } from '../../engine/ports/store.ts'
import type { Person } from '../../procedure/events.ts'
import { linesOf } from '../cli/follow.ts'
import type { Progress } from '../cli/progress.ts'
import { titleOf } from '../cli/screens/steps.ts'
import { runScreen } from '../cli/screens/run.ts'
import type { Terminal } from '../cli/terminal.ts'
import { Desk } from './desk.ts'
import { earlierRuns } from './earlier.ts'
import { asTyped } from '../cli/screens/as-typed.ts'
import { fileHere } from '../cli/screens/file-here.ts'
import { nextLines } from '../cli/screens/next.ts'
import { columnsOf, memberHead, memberLine, RANK, sorted, type Member } from './fleet.ts'
import type { Wish } from './keys.ts'
import { painted } from './line.ts'
import { mount, type Mounted } from './mount.ts'
import { send } from './send.ts'
import { signsOf } from './signs.ts'

/** What the live view of driven runs needs. `stop` ends the driving at the next safe point. */
export interface LiveSetting {
  readonly world: World
  readonly by: Person
  readonly terminal: Terminal
  readonly several: boolean
  readonly record: string
  stop(): void
}

/** The live view of the runs that this process drives: shows them on the terminal, and takes the keys of the person at it. What is printed
 *  meanwhile through its terminal stands there after it has closed. */
export class LiveRuns {
  readonly terminal: Terminal
  /** A hold is answered here; without a keyboard it ends the command as elsewhere. */
  readonly asks: boolean
  readonly #setting: LiveSetting
  readonly #desk: Desk
  readonly #pauses = new Map<string, AbortController>()
  readonly #goOn = new Map<string, (on: boolean) => void>()
  readonly #printed: (() => void)[] = []
  #reading: Promise<unknown> = Promise.resolve()
  #mounted: Promise<Mounted> | null = null
  #up: Mounted | null = null
  #dropped = false
  #runs: string[] = []

  constructor(setting: LiveSetting) {
    const { terminal, world, by, several } = setting
    this.#setting = setting
    this.asks = terminal.attended
    const later = (print: (text: string) => void) => (text: string) => void this.#printed.push(() => print(text))
    this.terminal = { ...terminal, out: later((text) => terminal.out(text)), err: later((text) => terminal.err(text)) }
    this.#desk = new Desk({
      signs: signsOf(process.env, process.platform),
      at: { role: 'driving', by, said: terminal.said },
      several,
      now: () => world.farmClock.now(),
      standing: (view) => view.state,
      wants: (wish, run) => this.#do(wish, run),
      banner: () => null,
    })
  }

  /** Begins to show a run. */
  progress(run: string): Progress {
    this.#runs.push(run)
    this.#mounted ??= mount(this.#desk, this.#setting.terminal).then((up) => (this.#up = up))
    void earlierRuns(this.#setting.world.store, run).then((earlier) => this.#desk.compareWith(earlier))
    const read = async () => {
      this.#desk.feed(run, await linesOf(this.#setting.world.store, run, this.#desk.linesOf(run)))
    }
    return {
      wrote: () => {
        this.#reading = this.#reading.then(read, read)
      },
      notice: (text) => {
        if (this.#dropped)
          this.#setting.terminal.err(asTyped(`${text}  Next:  ${this.#resume(run)}`, this.#setting.terminal.said))
        else this.#desk.notice(text)
      },
      end: async () => {
        this.#reading = this.#reading.then(read, read)
        await this.#reading
        const view = this.#desk.viewOf(run)
        if (view === null) throw new Error('the run has no journal')
        return view
      },
    }
  }

  /** Aborts when a person wants the run to pause and its step has ended. */
  pauseOf(run: string): AbortSignal {
    const pause = this.#pauses.get(run)
    if (pause !== undefined && !pause.signal.aborted) return pause.signal
    const fresh = new AbortController()
    this.#pauses.set(run, fresh)
    return fresh.signal
  }

  /** Entries were committed: a pause begins with the end of a step, before anything of the next one is begun. */
  committed(run: string, entries: readonly JournalEntry[]): void {
    const pausing = this.#desk.isPausing(run)
    const ended = pausing ? entries.find(({ type }) => type === 'step.done') : undefined
    if (ended === undefined) return
    const { step } = ended.body as { readonly step: Parameters<typeof titleOf>[0] }
    this.#desk.pausing(run, false)
    this.#pauses.get(run)?.abort(`paused after ${titleOf(step)} by ${this.#setting.by.login}`)
  }

  /** After a pause: whether the person goes on. False at once where the run stands for another reason. */
  async goesOn(run: string, stopped: AbortSignal): Promise<boolean> {
    if (this.#pauses.get(run)?.signal.aborted !== true || stopped.aborted) return false
    const { promise, resolve } = Promise.withResolvers<boolean>()
    this.#goOn.set(run, resolve)
    stopped.addEventListener('abort', () => resolve(false), { once: true })
    this.#desk.notice(null)
    return await promise
  }

  /** Gives the terminal back before a process ends at once. */
  drop(): void {
    this.#dropped = true
    this.#up?.drop()
  }

  /** Gives the terminal back, and leaves on it how the runs stand. */
  async close(): Promise<void> {
    const { terminal, several, world, record } = this.#setting
    await (await this.#mounted)?.close()
    const views = this.#runs.map((run) => this.#desk.viewOf(run)).filter((view) => view !== null)
    const members = sorted(views.map((view) => ({ view, as: view.state })))
    for (const { view, as } of members) {
      if (several && RANK[as] > 0 && (view.ending?.fault ?? null) === null) continue
      for (const line of runScreen(view, view.changedAt, terminal, { record })) terminal.out(line)
      if (several) terminal.out('')
    }
    if (several) {
      const columns = columnsOf(members, terminal.width)
      terminal.out(painted(memberHead(columns), terminal))
      for (const one of members) terminal.out(painted(memberLine(one, world.farmClock.now(), columns, false), terminal))
      for (const line of this.#ways(members)) terminal.out(line)
    }
    for (const print of this.#printed) print()
  }

  /** How runs that stopped are taken up: all of them at once by their file. */
  #resume(run: string): string {
    const file = this.#setting.several ? this.#desk.viewOf(run)?.plan?.source.file : undefined
    return `vdiskprep resume ${file === undefined ? run : fileHere(file)}`
  }

  #ways(members: readonly Member[]): readonly string[] {
    const stopped = members.filter(({ as }) => as === 'stopped')
    const [first] = stopped
    if (first === undefined) return []
    return nextLines(
      [{ type: this.#resume(first.view.run), for: `takes up ${String(stopped.length)} that stopped` }],
      this.#setting.terminal,
    )
  }

  #do(wish: Wish, run: string): void {
    const { world, by } = this.#setting
    if (wish.is === 'decide') void send(wish.decided, world, by).then((said) => this.#desk.notice(said))
    else if (wish.is === 'pause') this.#desk.pausing(run, true)
    else if (wish.is === 'go-on') this.#goOn.get(run)?.(true)
    else this.#setting.stop()
  }
}
