import { Fault } from '../faults/fault.ts'
import type { Person } from '../procedure/events.ts'
import { personText } from '../procedure/told.ts'
import type { Ownership } from './connections.ts'
import type { Clock } from './ports/clock.ts'
import type { Lease, Store } from './ports/store.ts'
import { rememberedOf } from './turn.ts'

/** How long a lease lasts without renewal; a dead owner's runs can be taken over after this. Milliseconds of real time. */
export const LEASE_MS = 15_000

/** Claims all keys or none. An owner of the same run that is surely gone is taken over from at once, without waiting for its lease to run
 *  out; so are the leases of one that died before its run had its first commit. Rejects with BUSY, naming who holds which key since when. */
export async function claimLeases(
  store: Store,
  clock: Clock,
  own: Omit<Ownership, 'fence'>,
  keys: readonly string[],
  by: Person,
  gone: (owner: string) => boolean = () => false,
): Promise<Ownership> {
  const at = clock.now()
  const claim = { run: own.run, keys, owner: own.owner, who: personText(by), at, until: at + LEASE_MS }
  let first = await store.claim(claim)
  while ('busy' in first && gone(first.busy.owner) && (await store.load(first.busy.run)) === undefined) {
    await store.release(first.busy.run, first.busy.owner)
    first = await store.claim(claim)
  }
  const claimed =
    'busy' in first && first.busy.run === own.run && gone(first.busy.owner)
      ? await store.claim({ ...claim, instead: first.busy.owner })
      : first
  if ('busy' in claimed) throw busy(claimed.busy)
  return { run: own.run, owner: own.owner, fence: claimed.fence }
}

/** Rejects with BUSY when another run that has not ended needs one of these keys, also one that nobody drives just now: what it began may
 *  still be open or under way. Claim the keys first, so that no run can come between. */
export async function refuseUnfinished(store: Store, run: string, keys: readonly string[]): Promise<void> {
  for (const other of await store.list()) {
    if (other.run === run || other.state === 'ended') continue
    const { leases, startedBy } = rememberedOf(other)
    const key = leases.find((one) => keys.includes(one))
    if (key === undefined) continue
    throw busy({ key, run: other.run, who: personText(startedBy), since: other.startedAt })
  }
}

/** BUSY: this run holds the key since then (farm time). */
export function busy({ key, run, who, since }: Pick<Lease, 'key' | 'run' | 'who' | 'since'>): Fault {
  return new Fault('BUSY', { key, holder: run, who, since: new Date(since).toISOString() })
}

/** Renews the leases three times per life until stopped. `lost` is called once when they are no longer this owner's. */
export function keepLeases(store: Store, clock: Clock, own: Ownership, lost: () => void): () => void {
  let beating = false
  const beat = setInterval(() => {
    // One that waits for a busy store does so alone.
    if (beating) return
    beating = true
    store
      .renew(own.run, own.owner, clock.now() + LEASE_MS)
      .then(
        (kept) => {
          if (!kept) lost()
        },
        // A store that cannot be written stops the run at its next commit, with the reason; a missed beat alone does not.
        () => undefined,
      )
      .finally(() => {
        beating = false
      })
  }, LEASE_MS / 3)
  beat.unref()
  return () => {
    clearInterval(beat)
  }
}
