import { Fault } from '../faults/fault.ts'
import type { RunEvent } from '../procedure/events.ts'
import type { Welcome } from '../wire/messages.ts'
import type { ArgsOf, FactsOf, OperationName } from '../wire/operations/catalogue.ts'
import type { Answer, Hosts, Session } from './ports/hosts.ts'
import type { Fence, Store } from './ports/store.ts'

/** The fence an owner holds now; it grows with every new connection. */
export interface Ownership {
  readonly run: string
  readonly owner: string
  fence: Fence
}

/** The sessions of one owner of one run: opened when first needed, each under a fence of its own, never reused after a loss. */
export class Connections {
  readonly #hosts: Hosts
  readonly #store: Store
  readonly #own: Ownership
  readonly #open = new Map<string, Promise<Session>>()
  readonly #news: RunEvent[] = []
  #raising: Promise<unknown> = Promise.resolve()

  constructor(hosts: Hosts, store: Store, own: Ownership) {
    this.#hosts = hosts
    this.#store = store
    this.#own = own
  }

  /** Sends one request; a session that lost it is given up. Rejects with the Fault of the connection when none can be opened. */
  async request<O extends OperationName>(
    host: string,
    op: O,
    args: ArgsOf<O>,
    act: { effect: string } | undefined,
    signal: AbortSignal,
  ): Promise<Answer<FactsOf<O>>> {
    const opening = this.#session(host, signal)
    const session = await opening
    const answer = await session.request(op, args, act === undefined ? act : { effect: this.receipt(act.effect) }, signal)
    if (answer.is === 'lost') await this.#giveUp(host, opening)
    return answer
  }

  /** The name of an act's receipt: a host keeps those of other runs beside it, whose acts are counted from 1 as well. */
  receipt(effect: string): string {
    return `${this.#own.run}/${effect}`
  }

  /** Closes the session with a host; the next request opens a new one under a higher fence. */
  async drop(host: string): Promise<void> {
    const session = this.#open.get(host)
    if (session !== undefined) await this.#giveUp(host, session)
  }

  /** Of requests that lost the same session together only the first closes and forgets it: by then a new one may be open. */
  async #giveUp(host: string, session: Promise<Session>): Promise<void> {
    if (this.#open.get(host) !== session) return
    this.#open.delete(host)
    await session.then(
      (one) => one.close(),
      () => undefined,
    )
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((host) => this.drop(host)))
  }

  /** What happened to connections since it was last asked, for the journal. */
  news(): readonly RunEvent[] {
    return this.#news.splice(0)
  }

  #session(host: string, signal: AbortSignal): Promise<Session> {
    const open = this.#open.get(host)
    if (open !== undefined) return open
    const opening = this.#connect(host, signal)
    this.#open.set(host, opening)
    opening.catch(() => this.#open.delete(host))
    return opening
  }

  async #connect(host: string, signal: AbortSignal): Promise<Session> {
    const fence = await this.#raise()
    const session = await this.#hosts.open(host, { run: this.#own.run, owner: this.#own.owner, fence, signal })
    const form = session.form === undefined ? {} : { form: session.form }
    const connected = ({ computer, agents }: Welcome) => {
      this.#news.push({ type: 'connected', host, computer, fence, agents, ...form })
    }
    if (session.greeted !== undefined) {
      void session.greeted.then(connected, () => undefined)
      return session
    }
    if (session.welcome.fence > fence) {
      await session.close()
      throw new Fault('FENCED', { run: this.#own.run, host, fence, theirs: session.welcome.fence })
    }
    connected(session.welcome)
    return session
  }

  /** One raise at a time: each has to name the fence that the one before it made. */
  #raise(): Promise<Fence> {
    const next = this.#raising.then(async () => {
      this.#own.fence = await this.#store.raise(this.#own.run, this.#own.fence)
      return this.#own.fence
    })
    this.#raising = next.catch(() => undefined)
    return next
  }
}
