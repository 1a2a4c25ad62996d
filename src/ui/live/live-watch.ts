import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../../engine/ports/clock.ts'
import type { Store } from '../../engine/ports/store.ts'
import type { Person } from '../../procedure/events.ts'
import type { RunView } from '../../procedure/run-view.ts'
import { emptyView } from '../../procedure/view-changes.ts'
import { linesOf } from '../cli/follow.ts'
import type { Terminal } from '../cli/terminal.ts'
import type { Decided } from './asking.ts'
import { Desk } from './desk.ts'
import { earlierRuns } from './earlier.ts'
import type { Standing } from './fleet.ts'
import { mount, type Mounted } from './mount.ts'
import { send } from './send.ts'
import { signsOf } from './signs.ts'

/** How often the store is asked for new lines, and for new runs. Milliseconds of real time. */
const LINES_MS = 500
const RUNS_MS = 2000
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What watching runs that others drive needs. */
export interface WatchSetting {
  readonly store: Store
  readonly by: Person
  readonly terminal: Terminal
  readonly clockOf: (view: RunView) => Clock
  /** How runs stand by the leases of now. */
  readonly standings: () => Promise<(view: RunView) => Standing>
}

/** Watches one run on the terminal until it has ended or the person quits; decides by keys. Resolves with its last view. */
export async function watchRun(run: string, setting: WatchSetting): Promise<RunView> {
  const watching = new Watching(setting, false)
  void earlierRuns(setting.store, run).then((earlier) => watching.desk.compareWith(earlier))
  await watching.read(run)
  await watching.until(async () => {
    await watching.read(run)
    return watching.desk.viewOf(run)?.state === 'ended'
  })
  await watching.read(run)
  return watching.desk.viewOf(run) ?? emptyView(run)
}

/** Watches the runs that `runs` gives, one line each, until the person quits; it is asked again and again, for new ones. */
export async function watchAll(setting: WatchSetting & { readonly runs: () => Promise<ReadonlySet<string>> }): Promise<void> {
  const watching = new Watching(setting, true)
  const runs = new Set<string>()
  let listedAt = -Infinity
  await watching.until(async () => {
    if (performance.now() - listedAt >= RUNS_MS) {
      for (const run of await setting.runs()) runs.add(run)
      listedAt = performance.now()
    }
    for (const run of runs) if (watching.desk.viewOf(run)?.state !== 'ended') await watching.read(run)
    return false
  })
}

/** A desk that follows the journals of a store. */
class Watching {
  readonly desk: Desk
  readonly #setting: WatchSetting
  readonly #quit = new AbortController()
  #standing: (view: RunView) => Standing = (view) => view.state

  constructor(setting: WatchSetting, several: boolean) {
    this.#setting = setting
    this.desk = new Desk({
      signs: signsOf(process.env, process.platform),
      at: { role: 'attached', by: setting.by, said: setting.terminal.said },
      several,
      now: (view) => setting.clockOf(view).now(),
      standing: (view) => this.#standing(view),
      wants: (wish) => {
        if (wish.is === 'decide') void this.#send(wish.decided)
        else this.#quit.abort()
      },
      banner: () => null,
    })
  }

  async read(run: string): Promise<void> {
    this.desk.feed(run, await linesOf(this.#setting.store, run, this.desk.linesOf(run)))
  }

  async #send(decided: Decided): Promise<void> {
    const { store, by, clockOf } = this.#setting
    const view = this.desk.viewOf(decided.run)
    if (view !== null) this.desk.notice(await send(decided, { store, farmClock: clockOf(view) }, by))
  }

  /** Shows the desk while `over` says no, looking at the store again and again. */
  async until(over: () => Promise<boolean>): Promise<void> {
    const quit = () => this.#quit.abort()
    for (const signal of SIGNALS) process.on(signal, quit)
    let mounted: Mounted | null = null
    try {
      this.#standing = await this.#setting.standings()
      mounted = await mount(this.desk, this.#setting.terminal)
      while (!this.#quit.signal.aborted && !(await over())) {
        this.#standing = await this.#setting.standings()
        await wait(LINES_MS, undefined, { signal: this.#quit.signal }).catch(() => undefined)
      }
    } finally {
      await mounted?.close()
      for (const signal of SIGNALS) process.off(signal, quit)
    }
  }
}
