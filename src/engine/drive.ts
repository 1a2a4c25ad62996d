import { Fault, faultOf } from '../faults/fault.ts'
import type { ActInput, LookInput, SettleInput, SlotInput } from '../procedure/chart/signals.ts'
import type { Person, RunEvent } from '../procedure/events.ts'
import { Connections, type Ownership } from './connections.ts'
import { act, leftInDoubt, unrecorded } from './effects/act.ts'
import { look } from './effects/look.ts'
import { settle } from './effects/settle.ts'
import { claimLeases, keepLeases, refuseUnfinished } from './lease.ts'
import { answered, factsOf, openEffect, type News } from './news.ts'
import type { Clock, Instant } from './ports/clock.ts'
import type { Hosts } from './ports/hosts.ts'
import type { EffectRow, Store, StoredRun } from './ports/store.ts'
import { stageAt } from '../procedure/stages.ts'
import { withOwnActs } from './own-acts.ts'
import { nextTimer } from './timers.ts'
import { contextOf, nextTurn, noteTurn, rememberedOf, type ChartEvent } from './turn.ts'

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
 *  An interrupt's reason, where it is a sentence, is kept as why the owner left.
 *  Rejects with FENCED when another owner has taken over, and with the store's Fault when nothing can be written any more. */
export async function drive(world: World, own: Ownership, by: Person, interrupt: AbortSignal): Promise<Stop> {
  const driver = new Driver(world, own, by, interrupt)
  const stopBeating = keepLeases(world.store, world.clock, own, () => driver.lose())
  try {
    for (;;) {
      const stop = await driver.run()
      if (await driver.leave(stop)) return stop
    }
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
  /** How far this run's time is ahead of the clock, and when in it the last work began. */
  #ahead = 0
  #workedAt = -Infinity
  /** The lease list beside which nothing else is held; null when that is to be looked up. */
  #tidied: string | null = null

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
      const effect = openEffect(stored)
      if (effect === undefined && stored.timers.length === 0) return 'waiting'
      const news = await this.#next(stored, effect)
      if (news === null) continue
      await this.#deliver(stored, news).catch((thrown: unknown) => {
        throw unrecorded(thrown, effect)
      })
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
    const now = this.#now(stored)
    if (effect !== undefined) {
      this.#workedAt = now
      return this.#perform(stored, effect, signal)
    }
    const timer = nextTimer(stored.timers, this.#workedAt)
    if (timer === undefined) return null
    const rung = { event: timer.event as ChartEvent, finished: null }
    return this.#world.farmClock.wait(timer.dueAt - this.#ahead, signal).then(
      () => rung,
      () => null,
    )
  }

  async #perform(stored: StoredRun, effect: EffectRow, signal: AbortSignal): Promise<News | null> {
    const finished = effect.id
    switch (effect.kind) {
      case 'look': {
        const input = effect.input as LookInput
        const context = contextOf(stored)
        const bare = await look(input, context, this.#connections, signal)
        const looked = stageAt(input.place).readsJournal ? await withOwnActs(bare, this.#world.store, context.plan) : bare
        if (signal.aborted) return null
        const gone = Object.values(looked.missing).find((fault) => fault.code === 'FENCED')
        if (gone !== undefined) throw new Fault('FENCED', gone.details)
        return { event: { type: 'xstate.done.actor.look', output: looked }, finished, facts: factsOf(input.place, looked) }
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
    const failed = (error: unknown): News => ({ event: { type: 'xstate.error.actor.act', error }, finished: effect.id })
    if (effect.state === 'started') return failed(leftInDoubt(input.ask))
    const begun = await this.#world.store.start(stored.run, effect.id, this.#own.fence, this.#world.clock.now())
    if (!begun) return null
    const acted = await act(input, this.#connections, signal)
    if (acted.is === 'done') return { event: { type: 'xstate.done.actor.act', output: acted.facts }, finished: effect.id }
    if (acted.failure.fault.code === 'FENCED') throw new Fault('FENCED', acted.failure.fault.details)
    return failed(acted.failure)
  }

  /** The raise comes first: an owner that was replaced while it slept must not claim its way back. */
  async #takeSlot({ keys }: SlotInput): Promise<unknown> {
    const { store, clock } = this.#world
    this.#tidied = null
    this.#own.fence = await store.raise(this.#own.run, this.#own.fence)
    const claimed = await claimLeases(store, clock, this.#own, keys, this.#by)
    this.#own.fence = claimed.fence
    try {
      await refuseUnfinished(store, this.#own.run, keys)
    } catch (thrown) {
      await store.release(this.#own.run, this.#own.owner, keys)
      throw thrown
    }
    return {}
  }

  /** Commits what an event changes. When somebody else has moved the run on meanwhile, a result that is still awaited is delivered anew.
   *  Facts go into the journal when they differ from those that stand there. */
  async #deliver(stored: StoredRun, { event, finished, facts }: News): Promise<void> {
    const known = facts === undefined || facts.text === this.#lastFacts
    const before = [...this.#connections.news(), ...(known ? [] : [facts.told])]
    let base = stored
    for (;;) {
      try {
        const how = { at: this.#now(base), by: this.#own.fence, finished, before }
        await this.#world.store.commit(nextTurn(base, event, how))
        if (facts !== undefined) this.#lastFacts = facts.text
        return
      } catch (thrown) {
        if (faultOf(thrown).code !== 'MOVED_ON') throw thrown
        base = await this.#load()
        if (finished === null || openEffect(base)?.id !== finished) return this.#note(before)
      }
    }
  }

  /** Writes what happened into the journal although the chart no longer asks for it. */
  async #note(events: readonly RunEvent[]): Promise<void> {
    while (events.length > 0) {
      try {
        const stored = await this.#load()
        await this.#world.store.commit(noteTurn(stored, events, this.#own.fence, this.#now(stored)))
        return
      } catch (thrown) {
        if (faultOf(thrown).code !== 'MOVED_ON') throw thrown
      }
    }
  }

  /** Farm time of this run. Where the clock was set back since the last commit, or is behind that of a person who decided, it goes on from
   *  there: waits last as long as they were asked to. */
  #now({ changedAt }: StoredRun): Instant {
    const now = this.#world.farmClock.now()
    this.#ahead = Math.max(this.#ahead, changedAt - now)
    return now + this.#ahead
  }

  /** Lets go of keys the chart no longer needs (the mount slot after the switch, all at the end). */
  async #tidyLeases(stored: StoredRun): Promise<void> {
    const wanted = rememberedOf(stored).leases
    if (wanted.join() === this.#tidied) return
    const { run, owner } = this.#own
    const held = (await this.#world.store.leases()).filter((lease) => lease.run === run && lease.owner === owner)
    const spare = held.map(({ key }) => key).filter((key) => !wanted.includes(key))
    if (spare.length > 0) await this.#world.store.release(run, owner, spare)
    this.#tidied = wanted.join()
  }

  /** Records that this owner stops driving, and frees what it held. False when a person has decided meanwhile, so that it may go on. */
  async leave(stop: Stop): Promise<boolean> {
    if (stop !== 'ended') {
      const stored = await this.#load()
      if (stop === 'waiting' && (openEffect(stored) !== undefined || stored.timers.length > 0)) return false
      try {
        const why = typeof this.#interrupt.reason === 'string' ? this.#interrupt.reason : stop
        const left: RunEvent = { type: 'owner.left', owner: this.#own.owner, why }
        await this.#world.store.commit(noteTurn(stored, [left], this.#own.fence, this.#now(stored)))
      } catch (thrown) {
        if (faultOf(thrown).code !== 'MOVED_ON') throw thrown
        return false
      }
    }
    await this.#world.store.release(this.#own.run, this.#own.owner)
    return true
  }
}
