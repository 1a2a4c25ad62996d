import type { JournalLine, RunId, Seq, Store, StoredRun, Turn } from '../../src/engine/ports/store.ts'

/** A database under test. `store` and `other` are two clients of it, as two processes would have; what is not in the port (a hand that
 *  alters or removes a line behind the program's back) the database's own test file brings along. */
export interface StoreRig {
  readonly store: Store
  readonly other: Store
  reopen(): Promise<Store>
  alter(run: RunId, seq: Seq, change: Partial<Pick<JournalLine, 'type' | 'at' | 'body' | 'hash'>>): Promise<void>
  remove(run: RunId, seq: Seq): Promise<void>
  dispose(): Promise<void>
}

/** A person as journal bodies name one. */
export const MARIA = { login: 'maria', host: 'ADM01', claim: null }

/** A turn that writes one line; a test names only what it is about. */
export function turn(change: Partial<Turn> = {}): Turn {
  return {
    run: '8k2',
    after: 1,
    by: null,
    at: 2000,
    state: 'active',
    outcome: null,
    snapshot: { value: 'preflight' },
    entries: [{ type: 'looked', at: 2000, body: { place: 'preflight' } }],
    finish: [],
    effects: [],
    timers: [],
    cancelTimers: [],
    ...change,
  }
}

/** A run with one line, revision 1. */
export async function begin(store: Store, run: RunId = '8k2', first: Partial<Turn> = {}): Promise<void> {
  const entries = [{ type: 'run.started', at: 1000, body: { by: MARIA } }]
  await store.create(
    { run, title: 'W11-Office', stamp: 'chart 1', plan: { scenario: 'new-base-image' } },
    turn({ run, at: 1000, entries, ...first }),
  )
}

/** The run as last committed; it has to be there. */
export async function loaded(store: Store, run: RunId = '8k2'): Promise<StoredRun> {
  const stored = await store.load(run)
  if (stored === undefined) throw new Error(`run ${run} is not in the store`)
  return stored
}

/** The journal as an array. */
export async function linesOf(store: Store, run: RunId = '8k2', after?: Seq): Promise<JournalLine[]> {
  return Array.fromAsync(store.journal(run, after))
}
