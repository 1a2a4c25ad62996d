import { Fault, faultOf } from '../faults/fault.ts'
import type { ActInput, Looked, LookInput, SettleInput, SlotInput } from '../procedure/chart/signals.ts'
import type { Person, RunEvent } from '../procedure/events.ts'
import { Connections, type Ownership } from './connections.ts'
import { act, leftInDoubt } from './effects/act.ts'
import { look } from './effects/look.ts'
import { settle } from './effects/settle.ts'
import { claimLeases, keepLeases } from './lease.ts'
import type { Clock } from './ports/clock.ts'
import type { Hosts } from './ports/hosts.ts'
import type { EffectRow, Store, StoredRun } from './ports/store.ts'
import { chartOf, nextTurn, noteTurn, type ChartEvent } from './turn.ts'

/** What a run needs from outside. `farmClock` is the time of polls, waits and deadlines; `clock` that of leases. */
export interface World {
  readonly store: Store
  readonly hosts: Hosts
  readonly clock: Clock
  readonly farmClock: Clock
}

/** Why driving ended. */
export type Stop = 'ended' | 'waiting' | 'interrupted'

/** Does what the chart of a claimed run asks for, until it ends, waits for a person, or is interrupted at a safe point.
 *  Rejects with FENCED when another owner has taken over, and with the store's Fault when nothing can be written any more. */
export async function drive(world: World, own: Ownership, by: Person, interrupt: AbortSignal): Promise<Stop> {
  const driver = new Driver(world, own, by, interrupt)
  const stopBeating = keepLeases(world.store, world.clock, own, () => driver.lose())
  try {
    const stop = await driver.run()
    await driver.leave(stop)
    return stop
  } finally {
    stopBeating()
    await driver.close()
  }
}

class Driver {
  readonly #world: World
  readonly #own: Ownership
  readonly #by: Person
  readonly #interrupt: AbortSignal
  readonly #lost = new AbortController()
  readonly #connections: Connections
  #lastFacts = ''

  constructor(world: World, own: Ownership, by: Person, interrupt: AbortSignal) {
    this.#world = world
    this.#own = own
    this.#by = by
    this.#interrupt = interrupt
    this.#connections = new Connections(world.hosts, world.store, own)
  }

  lose(): void {
    this.#lost.abort()
  }

  close(): Promise<void> {
    return this.#connections.close()
  }

  async run(): Promise<Stop> {
    for (;;) {
      const stored = await this.#load()
      await this.#tidyLeases(stored)
      if (stored.state === 'ended') return 'ended'
      if (this.#interrupt.aborted) return 'interrupted'
      const effect = stored.effects.find(({ state }) => state === 'pending' || state === 'started')
      if (effect === undefined && stored.timers.length === 0) return 'waiting'
      const news = await this.#next(stored, effect)
      if (news === null) continue
      await this.#deliver(stored, news)
    }
  }

  async #load(): Promise<StoredRun> {
    if (this.#lost.signal.aborted) throw new Fault('FENCED', { run: this.#own.run })
    const stored = await this.#world.store.load(this.#own.run)
    if (stored === undefined) throw new Fault('UNKNOWN_RUN', { run: this.#own.run })
    if (stored.fence > this.#own.fence)
      throw new Fault('FENCED', { run: this.#own.run, fence: this.#own.fence, theirs: stored.fence })
    return stored
  }

  /** The next event: the result of the effect under way, else the timer that comes first. Looks are bounded by the deadlines of their
   *  requests, so that a stage's own deadline never cuts one short. Null when interrupted or overtaken. */
  async #next(stored: StoredRun, effect: EffectRow | undefined): Promise<News | null> {
    const signal = AbortSignal.any(effect?.kind === 'act' ? [this.#lost.signal] : [this.#lost.signal, this.#interrupt])
    if (effect !== undefined) return this.#perform(stored, effect, signal)
    const first = stored.timers.toSorted((one, other) => one.dueAt - other.dueAt)[0]
    return first === undefined ? null : this.#wake(first, signal)
  }

  async #wake(timer: StoredRun['timers'][number], signal: AbortSignal): Promise<News | null> {
    try {
      await this.#world.farmClock.wait(timer.dueAt, signal)
      return { event: timer.event as ChartEvent, finished: null, before: [] }
    } catch {
      return null
    }
  }

  async #perform(stored: StoredRun, effect: EffectRow, signal: AbortSignal): Promise<News | null> {
    const { context } = chartOf(stored)
    const finished = effect.id
    switch (effect.kind) {
      case 'look': {
        const input = effect.input as LookInput
        const looked = await look(input, context, this.#connections, signal)
        if (signal.aborted) return null
        const gone = Object.values(looked.missing).find((fault) => fault.code === 'FENCED')
        if (gone !== undefined) throw new Fault('FENCED', gone.details)
        return {
          event: { type: 'xstate.done.actor.look', output: looked },
          finished,
          before: this.#factsNews(input.place, looked),
        }
      }
      case 'act':
        return this.#act(stored, effect, signal)
      case 'settle':
        return answered('settle', finished, () => settle(effect.input as SettleInput, this.#connections, signal), signal)
      case 'takeSlot':
        return answered('takeSlot', finished, () => this.#takeSlot(effect.input as SlotInput), signal)
      default:
        throw new Error(`unknown effect: ${effect.kind}`)
    }
  }

  async #act(stored: StoredRun, effect: EffectRow, signal: AbortSignal): Promise<News | null> {
    const input = effect.input as ActInput
    const failed = (error: unknown): News => ({
      event: { type: 'xstate.error.actor.act', error },
      finished: effect.id,
      before: [],
    })
    if (effect.state === 'started') return failed(leftInDoubt(input.ask.host))
    const begun = await this.#world.store.start(stored.run, effect.id, this.#own.fence, this.#world.clock.now())
    if (!begun) return null
    const acted = await act(input, this.#connections, signal)
    if (acted.is === 'done')
      return { event: { type: 'xstate.done.actor.act', output: acted.facts }, finished: effect.id, before: [] }
    if (acted.failure.fault.code === 'FENCED') throw new Fault('FENCED', acted.failure.fault.details)
    return failed(acted.failure)
  }

  async #takeSlot(input: SlotInput): Promise<unknown> {
    const claimed = await claimLeases(this.#world.store, this.#world.clock, this.#own, input.keys, this.#by)
    this.#own.fence = claimed.fence
    return {}
  }

  /** Facts go into the journal when they have changed since the last look. */
  #factsNews(place: string, looked: Looked): RunEvent[] {
    const facts = JSON.stringify([place, looked], (key, value: unknown) => (key === 'at' ? undefined : value))
    if (facts === this.#lastFacts) return []
    this.#lastFacts = facts
    return [{ type: 'looked', place, facts: looked.now, missing: looked.missing }]
  }

  /** Commits what an event changes. When somebody else has moved the run on meanwhile, a result that is still awaited is delivered anew. */
  async #deliver(stored: StoredRun, news: News): Promise<void> {
    const before = [...this.#connections.news(), ...news.before]
    let base = stored
    for (;;) {
      try {
        await this.#world.store.commit(
          nextTurn(base, news.event, { at: this.#world.farmClock.now(), by: this.#own.fence, finished: news.finished, before }),
        )
        return
      } catch (thrown) {
        if (faultOf(thrown).code !== 'MOVED_ON') throw thrown
        base = await this.#load()
        const awaited =
          news.finished !== null &&
          base.effects.some(({ id, state }) => id === news.finished && (state === 'pending' || state === 'started'))
        if (!awaited) return
      }
    }
  }

  /** Lets go of keys the chart no longer needs (the mount slot after the switch, all at the end). */
  async #tidyLeases(stored: StoredRun): Promise<void> {
    const wanted = new Set(chartOf(stored).context.leases)
    const held = (await this.#world.store.leases()).filter(
      (lease) => lease.run === this.#own.run && lease.owner === this.#own.owner,
    )
    const spare = held.map((lease) => lease.key).filter((key) => !wanted.has(key))
    if (spare.length > 0) await this.#world.store.release(this.#own.run, this.#own.owner, spare)
  }

  /** Records that this owner stops driving, and frees what it held. */
  async leave(stop: Stop): Promise<void> {
    if (stop !== 'ended') {
      const stored = await this.#load()
      const left: RunEvent = { type: 'owner.left', owner: this.#own.owner, why: stop }
      await this.#world.store.commit(noteTurn(stored, [left], this.#own.fence, this.#world.farmClock.now()))
    }
    await this.#world.store.release(this.#own.run, this.#own.owner)
  }
}

interface News {
  readonly event: ChartEvent
  readonly finished: string | null
  readonly before: readonly RunEvent[]
}

async function answered(
  actor: string,
  finished: string,
  work: () => Promise<unknown>,
  signal: AbortSignal,
): Promise<News | null> {
  try {
    const output = await work()
    return { event: { type: `xstate.done.actor.${actor}`, output }, finished, before: [] }
  } catch (thrown) {
    if (signal.aborted) return null
    const error = faultOf(thrown)
    if (error.code === 'FENCED') throw thrown
    return { event: { type: `xstate.error.actor.${actor}`, error }, finished, before: [] }
  }
}
