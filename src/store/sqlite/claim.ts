import type { DatabaseSync } from 'node:sqlite'
import type { Instant } from '../../engine/ports/clock.ts'
import type { Fence, Lease, RunId } from '../../engine/ports/store.ts'
import { ensureFence, raiseFence, readFence } from './rows/fence.ts'
import {
  countLeases,
  deleteLease,
  deleteLeasesOf,
  deleteLeasesOfOthers,
  followFence,
  prolongLeases,
  readLease,
  readRival,
  refenceLeases,
  takeLease,
} from './rows/lease.ts'
import { checkFence } from './turn.ts'

interface Claim {
  readonly run: RunId
  readonly keys: readonly string[]
  readonly owner: string
  readonly who: string
  readonly at: Instant
  readonly until: Instant
  readonly instead?: string
}

/** All keys or none. A run has one owner at a time: a live lease of the run in other hands makes it busy as well, whatever its key.
 *  A run that loses a lease this way has its fence raised, so that its paused owner is refused when it wakes. `instead` names an owner of
 *  this run whose living leases are taken as well, never those of another run. */
export function claimKeys(db: DatabaseSync, claim: Claim): { fence: Fence } | { busy: Lease } {
  const { run, owner, who, at, until, instead } = claim
  const keys = [...new Set(claim.keys)].sort()
  const held = keys.map((key) => readLease(db, key)).filter((lease) => lease !== undefined)
  const others = held.filter((lease) => lease.run !== run || lease.owner !== owner)
  const isGivenUp = (lease: Lease) => lease.run === run && lease.owner === instead
  const rival = readRival(db, run, owner, at)
  const busy = [...others.filter((lease) => lease.until > at), ...(rival ? [rival] : [])].find((lease) => !isGivenUp(lease))
  if (busy !== undefined) return { busy }

  for (const loser of new Set(others.map((lease) => lease.run))) if (loser !== run) raiseFence(db, loser)
  ensureFence(db, run)
  const fence = raiseFence(db, run)
  deleteLeasesOfOthers(db, run, owner)
  for (const key of keys) takeLease(db, { key, run, owner, who, fence, since: at, until })
  refenceLeases(db, run, owner, fence)
  prolongLeases(db, run, owner, fence, until)
  return { fence }
}

/** Prolongs the owner's leases; `false`, and nothing prolonged, when it has none or has lost any: what it keeps then is under an old fence. */
export function renewLeases(db: DatabaseSync, run: RunId, owner: string, until: Instant): boolean {
  const fence = readFence(db, run)
  if (fence === undefined) return false
  const mine = countLeases(db, run, owner)
  return mine > 0 && prolongLeases(db, run, owner, fence, until) === mine
}

/** Gives back the named keys, or all; those in other hands are left alone. */
export function releaseKeys(db: DatabaseSync, run: RunId, owner: string, keys: readonly string[] | undefined): void {
  if (keys === undefined) deleteLeasesOf(db, run, owner)
  else for (const key of keys) deleteLease(db, run, owner, key)
}

/** A higher fence for the same owner, whose leases follow it. Throws UNKNOWN_RUN or FENCED. */
export function raiseOwnFence(db: DatabaseSync, run: RunId, by: Fence): Fence {
  checkFence(db, run, by)
  const fence = raiseFence(db, run)
  followFence(db, run, by, fence)
  return fence
}
