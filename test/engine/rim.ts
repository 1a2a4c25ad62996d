import { afterEach } from '@jest/globals'
import type { World } from '../../src/engine/drive.ts'
import type { Clock, Ids } from '../../src/engine/ports/clock.ts'
import type { Hosts } from '../../src/engine/ports/hosts.ts'
import type { Store, StoredRun } from '../../src/engine/ports/store.ts'
import { stamped } from '../../src/procedure/fold.ts'
import { openStore } from '../../src/store/sqlite/open.ts'
import { scriptedHosts } from './scripted-hosts.ts'

const open: Store[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((store) => store.close()))
})

/** A database of its own, closed after the test. */
export function database(path = ':memory:'): Store {
  const store = openStore(path)
  open.push(store)
  return store
}

/** Time that goes on only where somebody waits for it, or sets it. */
export function steppedClock(time = 10_000): Clock & { set(to: number): void } {
  return {
    now: () => time,
    wait(until, signal) {
      signal.throwIfAborted()
      time = Math.max(time, until)
      return Promise.resolve()
    },
    set: (to) => void (time = to),
  }
}

/** These owners one after the other; every other owner is gone. */
export function names(...owners: readonly string[]): Ids {
  const left = [...owners]
  return { run: () => 'fresh', owner: () => left.shift() ?? 'another', gone: () => true }
}

/** The rim around a store: one clock for everything, and hosts that never answer unless others are given. */
export function worldOf(store: Store, hosts: Hosts = scriptedHosts({}), clock: Clock = steppedClock()): World {
  return { store, hosts, clock, farmClock: clock }
}

/** The events of a run's journal. */
export async function journalOf(store: Store, run = 'k7w2m') {
  return (await Array.fromAsync(store.journal(run))).map((line) => stamped(line).event)
}

/** The run as last committed; it has to be there. */
export async function loaded(store: Store, run = 'k7w2m'): Promise<StoredRun> {
  const found = await store.load(run)
  if (found === undefined) throw new Error(`${run} is not there`)
  return found
}
