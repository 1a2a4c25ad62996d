import type { Instant } from './clock.ts'

/** Name of a run, short enough to be typed. */
export type RunId = string
/** Position of an event in its run's journal, from 1 without gaps. */
export type Seq = number
/** Grows with every claim and every new connection; whoever holds a lower one may no longer write. */
export type Fence = number

/** One journal line before it is written. `body` is plain JSON. */
export interface JournalEntry {
  readonly type: string
  readonly at: Instant
  readonly body: unknown
}

/** One journal line as stored: `hash` covers its own content and the hash before it. */
export interface JournalLine extends JournalEntry {
  readonly run: RunId
  readonly seq: Seq
  readonly hash: string
}

/** Something to be done outside the database that has not ended. pending: nobody has begun; started: begun, outcome unknown. */
export interface EffectRow {
  readonly id: string
  readonly kind: string
  readonly input: unknown
  readonly state: 'pending' | 'started'
  readonly fence: Fence | null
}

/** A wake-up call for a run: `event` is delivered to its chart at `dueAt`. */
export interface TimerRow {
  readonly id: string
  readonly dueAt: Instant
  readonly event: unknown
}

/** A run as last committed. `revision` counts its commits (a turn may write no journal line); the next commit has to name it. */
export interface StoredRun {
  readonly run: RunId
  readonly title: string
  readonly state: 'active' | 'waiting' | 'ended'
  readonly outcome: string | null
  readonly revision: number
  readonly seq: Seq
  readonly head: string
  readonly fence: Fence
  readonly stamp: string
  readonly snapshot: unknown
  readonly plan: unknown
  /** In the order of their writing. */
  readonly effects: readonly EffectRow[]
  readonly timers: readonly TimerRow[]
  readonly startedAt: Instant
  readonly changedAt: Instant
}

/** A caller's own name for what it wants run, so that asking twice begins nothing twice. `content` is a hash of all that is wanted under the
 *  name, `subject` the part of it that one run is for. */
export interface RunKey {
  readonly name: string
  readonly subject: string
  readonly content: string
}

/** A run that was begun under a key. */
export interface KeyedRun extends RunKey {
  readonly run: RunId
}

/** A new run: its first commit. */
export interface NewRun {
  readonly run: RunId
  readonly title: string
  readonly stamp: string
  readonly plan: unknown
  readonly key?: RunKey
}

/** Everything one transition changes, written together or not at all. `after` is the revision it was computed from; `by` the fence of the
 *  owner, or null for a decision of a person, which is guarded by `after` alone. */
export interface Turn {
  readonly run: RunId
  readonly after: number
  readonly by: Fence | null
  readonly at: Instant
  readonly state: StoredRun['state']
  readonly outcome: string | null
  readonly snapshot: unknown
  readonly entries: readonly JournalEntry[]
  readonly finish: readonly { readonly id: string; readonly as: 'done' | 'cancelled' }[]
  readonly effects: readonly { readonly id: string; readonly kind: string; readonly input: unknown }[]
  readonly timers: readonly TimerRow[]
  readonly cancelTimers: readonly string[]
}

/** Who holds a lease. */
export interface Lease {
  readonly key: string
  readonly run: RunId
  readonly owner: string
  readonly who: string
  readonly fence: Fence
  readonly since: Instant
  readonly until: Instant
}

/** What the engine needs from a database. One call is one transaction; one that rejects has written nothing. Writes reject with FENCED (a
 *  higher fence is stored: a claim raises it, so the owner of the stored fence has the leases), MOVED_ON (`after` is not the stored
 *  revision; with `who`, `what`, `at` of the last decision since, or `decided` false), STORE_FULL, STORE_READ_ONLY. */
export interface Store {
  /** With `by`, the fence of the claim, only while that claim stands: it rejects with FENCED once its leases were taken. With a key whose
   *  subject has a run already, or that was used for other content, it rejects with KEY_TAKEN. */
  create(fresh: NewRun, first: Omit<Turn, 'after' | 'by'> & { readonly by?: Fence | null }): Promise<void>
  /** Resolves with the new revision and the last journal position. */
  commit(turn: Turn): Promise<{ readonly revision: number; readonly seq: Seq }>
  /** pending -> started, or `false` when it is not pending any more. Committed before it returns; the revision stays. */
  start(run: RunId, effect: string, by: Fence, at: Instant): Promise<boolean>
  load(run: RunId): Promise<StoredRun | undefined>
  /** Runs whose id begins with the text; the last begun first, by the store's own order: clocks jump. */
  find(prefix: string): Promise<readonly StoredRun[]>
  /** All runs, or so many of them, in the order of `find`. */
  list(most?: number): Promise<readonly StoredRun[]>
  /** The runs that were begun under a key. */
  keyed(name: string): Promise<readonly KeyedRun[]>
  journal(run: RunId, after?: Seq): AsyncIterable<JournalLine>
  /** The lines of these types of all journals, or of those of `runs`, run by run, each by seq: what tells of many runs without reading every
   *  look. */
  across(types: readonly string[], runs?: readonly RunId[]): Promise<readonly JournalLine[]>
  /** The first and the last line of every journal, run by run. */
  ends(): Promise<readonly JournalLine[]>
  /** All keys or none, for a run; a lease that has run out may be taken, and one of this run that `instead` still holds: its owner is dead
   *  or a person takes over from it. A claim raises the run's fence. */
  claim(claim: {
    run: RunId
    keys: readonly string[]
    owner: string
    who: string
    at: Instant
    until: Instant
    instead?: string
  }): Promise<{ fence: Fence } | { busy: Lease }>
  /** Prolongs all leases of this owner; `false` when any of them is no longer its own. */
  renew(run: RunId, owner: string, until: Instant): Promise<boolean>
  release(run: RunId, owner: string, keys?: readonly string[]): Promise<void>
  leases(): Promise<readonly Lease[]>
  /** A higher fence for a new connection of the same owner; rejects with FENCED when `by` is not the stored one. */
  raise(run: RunId, by: Fence): Promise<Fence>
  /** Checks chain and database; resolves with the first line that is not what was written. `chainAlone` leaves the rest of the file unread. */
  audit(
    run: RunId,
    how?: { readonly chainAlone?: boolean },
  ): Promise<{ lines: number; head: string } | { broken: Seq; why: string }>
  close(): Promise<void>
}
