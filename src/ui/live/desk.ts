import type { Stamped } from '../../procedure/fold.ts'
import type { RunView } from '../../procedure/run-view.ts'
import type { Key } from './asking.ts'
import { expectedOf } from './expected.ts'
import { fleetScreen, sorted, type Member, type Standing } from './fleet.ts'
import { foldLive, unread, type LiveRun } from './fold-live.ts'
import { freshUi, press, type Standpoint, type Ui, type Wish } from './keys.ts'
import type { Line } from './line.ts'
import { screenOf, type Size } from './screen.ts'
import type { Signs } from './signs.ts'

/** What a desk is told by the command that opens it. */
export interface DeskSetting {
  readonly signs: Signs
  readonly at: Omit<Standpoint, 'pausing'>
  /** Several runs are shown one line each, and one of them can be opened. */
  readonly several: boolean
  /** Farm time of a run, in milliseconds. */
  readonly now: (view: RunView) => number
  readonly standing: (view: RunView) => Standing
  /** What the person wants; `run` is the one in sight. */
  readonly wants: (wish: Wish, run: string) => void
  readonly banner: () => string | null
}

/** What one terminal shows of one or several runs, and what its keys do: the state between journal lines and key presses on one side and
 *  frames on the other. Touches no terminal and no clock but those of its setting. */
export class Desk {
  readonly #setting: DeskSetting
  readonly #runs = new Map<string, LiveRun>()
  readonly #pausing = new Set<string>()
  #earlier: readonly RunView[] = []
  #ui: Ui = freshUi
  #open: string | null = null
  #chosen: string | null = null
  #changed: () => void = () => undefined

  constructor(setting: DeskSetting) {
    this.#setting = setting
  }

  /** Calls back whenever a new frame would differ. */
  onChange(changed: () => void): void {
    this.#changed = changed
  }

  /** Lines that were added to a run's journal. */
  feed(run: string, lines: readonly Stamped[]): void {
    if (lines.length === 0 && this.#runs.has(run)) return
    this.#runs.set(run, lines.reduce(foldLive, this.#runs.get(run) ?? unread(run)))
    if (!this.#setting.several) this.#open = run
    this.#changed()
  }

  /** How many of a run's journal lines are known. */
  linesOf(run: string): number {
    return this.#runs.get(run)?.view.lines ?? 0
  }

  viewOf(run: string): RunView | null {
    return this.#runs.get(run)?.view ?? null
  }

  /** Forgets what is known of a run: a replay begins anew. */
  forget(run: string): void {
    this.#runs.delete(run)
  }

  /** Runs of the store that tell how long steps take. */
  compareWith(earlier: readonly RunView[]): void {
    this.#earlier = earlier
    this.#changed()
  }

  /** Says something below the screen; null takes it away. */
  notice(text: string | null): void {
    this.#ui = { ...this.#ui, notice: text }
    this.#changed()
  }

  /** Whether the run will stop at the end of its step. */
  pausing(run: string, so: boolean): void {
    if (so) this.#pausing.add(run)
    else this.#pausing.delete(run)
    this.#changed()
  }

  isPausing(run: string): boolean {
    return this.#pausing.has(run)
  }

  /** A key; several signs at once are an answer that was typed fast or pasted, and nothing where no question stands. */
  press(key: Key): void {
    if (key.text.length > 1) {
      for (const one of key.text) if (this.#ui.asking !== null) this.press(signOf(one))
      return
    }
    const live = this.#open === null ? undefined : this.#runs.get(this.#open)
    if (live === undefined) this.#pressInFleet(key)
    else if (this.#setting.several && key.name === 'escape' && this.#ui.asking === null && this.#ui.panel === 'steps')
      this.#open = null
    else {
      const { ui, wish } = press(this.#ui, key, live.view, this.#standpoint(live.view.run))
      this.#ui = ui
      if (wish !== null) this.#setting.wants(wish, live.view.run)
    }
    this.#changed()
  }

  /** The screen of now. */
  frame(size: Size): readonly Line[] {
    const live = this.#open === null ? undefined : this.#runs.get(this.#open)
    return live === undefined ? this.#fleet(size) : this.#one(live, size)
  }

  #standpoint(run: string): Standpoint {
    return { ...this.#setting.at, pausing: this.#pausing.has(run) }
  }

  #one(live: LiveRun, size: Size): readonly Line[] {
    const { several, banner, now, signs } = this.#setting
    const expected = expectedOf(live.view, this.#earlier)
    const above = several ? `one of ${String(this.#runs.size)} runs; Esc shows all` : banner()
    const scene = { live, now: now(live.view), expected, ui: this.#ui, at: this.#standpoint(live.view.run), banner: above }
    return screenOf(scene, size, signs)
  }

  #members(): readonly Member[] {
    return [...this.#runs.values()].map(({ view }) => ({ view, as: this.#setting.standing(view) }))
  }

  #fleet(size: Size): readonly Line[] {
    const members = sorted(this.#members())
    const keys = this.#setting.at.role === 'driving' ? '[q]uit at the next safe point' : '[q]uit'
    return fleetScreen(
      {
        members,
        now: (view) => this.#setting.now(view),
        chosen: this.#chosen ?? members[0]?.view.run ?? null,
        keys: `[up/down] choose  [Enter] open it  ${keys}`,
        notice: this.#ui.notice,
      },
      size,
      this.#setting.signs,
    )
  }

  #pressInFleet({ text, name }: Key): void {
    this.#ui = { ...this.#ui, notice: null }
    const order = sorted(this.#members()).map(({ view }) => view.run)
    const chosen = this.#chosen ?? order[0] ?? null
    const at = order.indexOf(chosen ?? '')
    if (name === 'up') this.#chosen = order[Math.max(0, at - 1)] ?? null
    else if (name === 'down') this.#chosen = order[Math.min(order.length - 1, at + 1)] ?? null
    else if (name === 'enter') [this.#open, this.#chosen, this.#ui] = [chosen, chosen, freshUi]
    else if (name === 'ctrl-c' || text.toLowerCase() === 'q')
      this.#setting.wants({ is: this.#setting.at.role === 'driving' ? 'stop' : 'quit' }, chosen ?? '')
  }
}

function signOf(text: string): Key {
  if (text === '\r' || text === '\n') return { text: '', name: 'enter' }
  if (text === '\u007F' || text === '\b') return { text: '', name: 'backspace' }
  if (text === '\u0003') return { text: '', name: 'ctrl-c' }
  return { text, name: null }
}
