import { setImmediate } from 'node:timers/promises'
import type { Composition } from '../../src/compose.ts'
import type { World } from '../../src/engine/drive.ts'
import { openEffect } from '../../src/engine/news.ts'
import type { Hosts, Session } from '../../src/engine/ports/hosts.ts'
import type { Store, StoredRun, Turn } from '../../src/engine/ports/store.ts'
import type { StoredSnapshot } from '../../src/engine/snapshot.ts'
import { rememberedOf } from '../../src/engine/turn.ts'

/** What a run is about to do, or has just done. `raise` is a higher fence, `start` marks an act as begun: both are commits of their own. */
export type Point = 'create' | 'claim' | 'raise' | 'start' | 'send' | 'commit'

/** One place between two things that belong together, where a process may die. `phase` is the work under way: an effect's kind, `wait` for a
 *  timer, `take-up` until the run is this process's own. */
export interface Boundary {
  readonly place: string
  readonly phase: string
  readonly point: Point
  readonly when: 'before' | 'after'
  readonly host: string | null
  readonly op: string | null
}

/** Called at every boundary; what it returns is awaited, so that it can hold the run there. */
export type AtBoundary = (boundary: Boundary) => Promise<void> | void

/** Where the run of one orchestrator stands, as its own loads and commits tell it. */
class Standing {
  place = ''
  phase = 'take-up'
  #owned = false
  readonly #at: AtBoundary

  constructor(at: AtBoundary) {
    this.#at = at
  }

  read(stored: StoredRun | undefined): void {
    if (stored === undefined) return
    this.place = rememberedOf(stored).stage.place
    if (this.#owned) this.phase = openEffect(stored)?.kind ?? 'wait'
  }

  wrote({ snapshot, effects, finish, entries }: Pick<Turn, 'snapshot' | 'effects' | 'finish' | 'entries'>): void {
    this.#owned ||= entries.some(({ type }) => type === 'owner.claimed')
    this.place = (snapshot as StoredSnapshot).context.stage.place
    const next = effects.at(-1)?.kind ?? (finish.length > 0 ? 'wait' : this.phase)
    if (this.#owned) this.phase = next
  }

  async around<T>(point: Point, work: () => Promise<T>, host: string | null = null, op: string | null = null): Promise<T> {
    const { place, phase } = this
    await this.#at({ place, phase, point, when: 'before', host, op })
    const result = await work()
    await this.#at({ place, phase, point, when: 'after', host, op })
    return result
  }

  /** After the request has left and before its answer is looked at. */
  async send<T>(host: string, op: string, request: () => Promise<T>): Promise<T> {
    const { place, phase } = this
    await this.#at({ place, phase, point: 'send', when: 'before', host, op })
    const answer = request()
    // The session writes in a microtask; by the second turn of the loop the bytes are the kernel's.
    await setImmediate()
    await setImmediate()
    await this.#at({ place, phase, point: 'send', when: 'after', host, op })
    return answer
  }
}

function storeWith(store: Store, standing: Standing): Store {
  return {
    ...store,
    load: async (run) => {
      const stored = await store.load(run)
      standing.read(stored)
      return stored
    },
    create: async (fresh, first) => {
      await standing.around('create', () => store.create(fresh, first))
      standing.wrote(first)
    },
    commit: async (turn) => {
      const end = await standing.around('commit', () => store.commit(turn))
      standing.wrote(turn)
      return end
    },
    start: (run, effect, by, at) => standing.around('start', () => store.start(run, effect, by, at)),
    claim: (claim) => standing.around('claim', () => store.claim(claim)),
    raise: (run, by) => standing.around('raise', () => store.raise(run, by)),
  }
}

function hostsWith(hosts: Hosts, standing: Standing): Hosts {
  return {
    open: async (host, opening) => sessionWith(await hosts.open(host, opening), standing),
    close: () => hosts.close(),
  }
}

function sessionWith(session: Session, standing: Standing): Session {
  return {
    ...session,
    request: (op, args, act, signal) => standing.send(session.host, op, () => session.request(op, args, act, signal)),
  }
}

/** The same world, with a call at every boundary of its store and of its hosts. */
export function worldWith(world: World, at: AtBoundary): World {
  const standing = new Standing(at)
  return { ...world, store: storeWith(world.store, standing), hosts: hostsWith(world.hosts, standing) }
}

/** The same program, with a call at every boundary: the store and the hosts are wrapped where they are composed. */
export function programWith(composition: Composition, at: AtBoundary): Composition {
  const standing = new Standing(at)
  return {
    ...composition,
    openStore: (path, readOnly) => storeWith(composition.openStore(path, readOnly), standing),
    world: async (inventory, store, names) => {
      const world = await composition.world(inventory, store, names)
      return { ...world, hosts: hostsWith(world.hosts, standing) }
    },
  }
}
