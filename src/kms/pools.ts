import type { Machines } from './machines.ts'
import { MEMORY_MS } from './remembered.ts'
import type { KmsReport } from './report-shape.ts'
import { DAY_MS } from './tally.ts'

type Pool = KmsReport['pools'][number]

/** How many a host has to count. Source: kms.md 7. */
const THRESHOLD = { client: 25, server: 5, office: 5 } as const

/** A host keeps at most twice the largest threshold that it was asked with. Source: kms.md 7 (cache size). */
const CAP = { clients: 50, others: 10 } as const

/** Whoever asked within two renewal intervals is taken to ask again. A model of ours; the interval is 7 days (kms.md 7). */
const LIVING_MS = 14 * DAY_MS

const AHEAD = [0, 7, 14, 30] as const

/** Which count of a host a product adds to: Office has its own, servers and clients share one. Source: kms.md 7. */
export function poolOf(kind: ReturnType<Machines['product']>['kind']): Pool['pool'] {
  return kind === 'office' ? 'office' : 'windows'
}

/** The counts of every host as its events make them out at a moment, and what becomes of them. Documented is that a CMID counts for 30 days
 *  after its last contact and that a host keeps a limited number; that refused requests do not count and who comes again is our model. */
export function poolsAt({ byCmid, product }: Machines, asOf: number): readonly Pool[] {
  const lasts = new Map<string, { host: string; pool: Pool['pool']; clients: boolean; lasts: number[] }>()
  for (const { uses } of byCmid) {
    const own = new Map<string, number>()
    for (const { host, activationId, counted, minimum } of uses) {
      if (counted === null || counted <= asOf - MEMORY_MS || counted > asOf) continue
      const { kind } = product(activationId)
      const key = `${poolOf(kind)} ${host}`
      own.set(key, Math.max(own.get(key) ?? counted, counted))
      const entry = lasts.get(key) ?? { host, pool: poolOf(kind), clients: false, lasts: [] }
      lasts.set(key, { ...entry, clients: entry.clients || kind === 'client' || minimum === THRESHOLD.client })
    }
    for (const [key, last] of own) lasts.get(key)?.lasts.push(last)
  }
  return [...lasts.values()]
    .map((one) => pool(one, asOf))
    .toSorted((one, other) => compare(one.host, other.host) || -compare(one.pool, other.pool))
}

function pool(
  { host, pool: name, clients, lasts }: { host: string; pool: Pool['pool']; clients: boolean; lasts: readonly number[] },
  asOf: number,
): Pool {
  const newest = lasts.toSorted((one, other) => other - one)
  const cap = clients ? CAP.clients : CAP.others
  const silent = (at: number) => newest.filter((last) => last > at - MEMORY_MS).length
  const renewed = (at: number) => newest.filter((last) => last > at - MEMORY_MS || last > asOf - LIVING_MS).length
  const limits = name === 'office' ? (['office'] as const) : (['client', 'server'] as const)
  return {
    ...{ host, pool: name, cmids: newest.length, count: Math.min(newest.length, cap), cap },
    thresholds: limits.map((of) => threshold(of, newest, asOf)),
    forecast: AHEAD.map((inDays) => {
      const at = asOf + inDays * DAY_MS
      return { inDays, ifSilent: Math.min(silent(at), cap), ifRenewed: Math.min(renewed(at), cap) }
    }),
  }
}

/** The count falls below when the one that just fills it is forgotten. */
function threshold(of: keyof typeof THRESHOLD, newest: readonly number[], asOf: number): Pool['thresholds'][number] {
  const needs = THRESHOLD[of]
  const filling = newest[needs - 1]
  const falls = filling === undefined ? null : new Date(filling + MEMORY_MS).toISOString()
  const living = filling !== undefined && filling > asOf - LIVING_MS
  return {
    ...{ of, needs, missing: Math.max(0, needs - newest.length) },
    ...{ fallsBelowIfSilent: falls, fallsBelowIfRenewed: living ? null : falls },
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
