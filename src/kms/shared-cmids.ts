import type { Machine, Machines } from './machines.ts'

/** One machine of a shared CMID, from its first request to its last. */
interface Sharer {
  readonly client: string
  readonly first: number
  readonly last: number
  readonly requests: number
}

/** A CMID that several machines used. */
export interface Shared {
  readonly cmid: string
  readonly sharers: readonly Sharer[]
  /** True when two of them used it at the same time; else it may be one machine that was renamed. */
  readonly overlapping: boolean
  readonly products: readonly string[]
}

/** CMIDs that several machines used, those of most machines first: clones of an image whose preparation was lost. The host counts each such
 *  CMID once. Source: kms.md 7 (duplicate CMIDs). */
export function sharedCmids({ byCmid, nameOf }: Machines): readonly Shared[] {
  return byCmid
    .filter(({ names }) => names.length > 1)
    .map((machine) => {
      const sharers = sharersOf(machine, nameOf)
      return {
        cmid: machine.cmid,
        sharers,
        overlapping: overlap(sharers),
        products: [...new Set(machine.uses.map(({ activationId }) => activationId))],
      }
    })
    .toSorted((one, other) => other.sharers.length - one.sharers.length || (one.cmid < other.cmid ? -1 : 1))
}

function sharersOf({ uses }: Machine, nameOf: (client: string) => string): readonly Sharer[] {
  return [...Map.groupBy(uses, ({ client }) => nameOf(client)).values()]
    .map((own) => ({
      client: own.map(({ client }) => client).reduce((one, other) => (other.length > one.length ? other : one)),
      first: own.reduce((least, { first }) => Math.min(least, first), Infinity),
      last: own.reduce((most, { last }) => Math.max(most, last), -Infinity),
      requests: own.reduce((sum, { requests }) => sum + requests, 0),
    }))
    .toSorted((one, other) => one.first - other.first)
}

function overlap(sharers: readonly Sharer[]): boolean {
  let latest = -Infinity
  for (const { first, last } of sharers) {
    if (first <= latest) return true
    latest = Math.max(latest, last)
  }
  return false
}
