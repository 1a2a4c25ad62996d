import { displayNames, machinesOf, type Machine, type Machines } from './machines.ts'
import { poolOf, poolsAt } from './pools.ts'
import { MEMORY_MS, remembered } from './remembered.ts'
import type { KmsReport } from './report-shape.ts'
import { sharedCmids } from './shared-cmids.ts'
import { DAY_MS, type Tallied } from './tally.ts'

/** Makes the report of what was read; its table, which is as long as there are CMIDs, only where it is `whole`. `asOf` is the moment it is
 *  told for, null for that of the newest request. What runs know of it is added by `withKnown`. Undefined without a single request. Pure: the
 *  same requests in any order give the same report. */
export function reportOf(
  tallied: Tallied,
  sources: readonly string[],
  { asOf, whole }: { readonly asOf: number | null; readonly whole: boolean },
): KmsReport | undefined {
  const machines = machinesOf(tallied)
  const span = spanOf(machines)
  if (span === undefined) return undefined
  const at = asOf ?? span.to
  const names = byName(machines)
  return {
    ...{ format: 'vdiskprep-kms-report/1', asOf: iso(at), from: iso(span.from), to: iso(span.to) },
    ...{ hosts: hostsOf(machines), sources: [...sources], read: readOf(tallied) },
    ...{ machines: names.size, cmids: machines.byCmid.length, shared: sharedOf(machines) },
    redrawn: [...names.values()]
      .filter(({ cmids }) => cmids.size > 1)
      .map(({ client, cmids }) => ({ client, cmids: cmids.size }))
      .toSorted((one, other) => other.cmids - one.cmids || compare(one.client, other.client)),
    unseen: [...names.values()]
      .filter(({ last }) => last <= at - MEMORY_MS)
      .toSorted((one, other) => one.last - other.last || compare(one.client, other.client))
      .map(({ client, last, cmid }) => ({ client, last: iso(last), cmid, role: null })),
    ...{ editions: editionsOf(machines, at), pools: [...poolsAt(machines, at)], days: daysOf(machines, tallied, span.from, at) },
    refused: [...tallied.refusedBy]
      .map(([code, requests]) => ({ code, requests, machines: tallied.refusals.get(code)?.size ?? 0 }))
      .toSorted((one, other) => other.requests - one.requests || compare(one.code, other.code)),
    table: whole ? machines.byCmid.map((one) => row(one, at)).toSorted((one, other) => compare(one.cmid, other.cmid)) : [],
  }
}

function readOf({ requests, repeated, others, damaged, damage, clientClock }: Tallied): KmsReport['read'] {
  return { requests, repeated, otherEvents: others, damaged, damage: [...damage], withoutHostTime: clientClock }
}

function sharedOf(machines: Machines): KmsReport['shared'] {
  return sharedCmids(machines).map(({ cmid, sharers, overlapping, products }) => ({
    ...{ cmid, machines: sharers.length, overlapping, products: [...products] },
    clients: sharers.map(({ client, first, last, requests }) => ({ client, first: iso(first), last: iso(last), requests })),
    seenIn: null,
  }))
}

/** One entry for each machine, by name. */
function byName(machines: Machines) {
  const shown = displayNames(machines)
  const names = new Map<string, { client: string; last: number; cmid: string; cmids: Set<string> }>()
  for (const { cmid, uses } of machines.byCmid)
    for (const { client, last } of uses) {
      const name = machines.nameOf(client)
      const known = names.get(name)
      if (known === undefined) names.set(name, { client: shown.get(name) ?? client, last, cmid, cmids: new Set([cmid]) })
      else {
        known.cmids.add(cmid)
        if (last > known.last || (last === known.last && cmid < known.cmid)) Object.assign(known, { last, cmid })
      }
    }
  return names
}

function editionsOf({ byCmid, product, nameOf }: Machines, asOf: number): KmsReport['editions'] {
  const all = new Map<string, { names: Set<string>; cmids: number; counted: number; minimum: number | null }>()
  for (const { uses } of byCmid)
    for (const [activationId, own] of Map.groupBy(uses, (use) => use.activationId)) {
      const entry = all.get(activationId) ?? { names: new Set<string>(), cmids: 0, counted: 0, minimum: null }
      for (const { client, minimum } of own) {
        entry.names.add(nameOf(client))
        entry.minimum = minimum === null ? entry.minimum : Math.max(minimum, entry.minimum ?? minimum)
      }
      entry.cmids += 1
      if (own.some(({ counted }) => isRemembered(counted, asOf))) entry.counted += 1
      all.set(activationId, entry)
    }
  return [...all]
    .map(([activationId, { names, ...rest }]) => ({ ...product(activationId), ...rest, machines: names.size }))
    .toSorted((one, other) => other.machines - one.machines || compare(one.activationId, other.activationId))
}

function daysOf({ byCmid, product }: Machines, { perDay }: Tallied, from: number, asOf: number): KmsReport['days'] {
  const [first, last] = [dayOf(from), dayOf(asOf)]
  const contacts = (pool: 'windows' | 'office') =>
    byCmid.map(({ uses }) => uses.filter((use) => poolOf(product(use.activationId).kind) === pool).flatMap((use) => use.days))
  const [windows, office] = [remembered(contacts('windows'), first, last), remembered(contacts('office'), first, last)]
  return windows.map((count, at) => ({
    ...{ day: iso((first + at) * DAY_MS).slice(0, 10), requests: perDay.get(first + at) ?? 0 },
    ...{ windows: count, office: office[at] ?? 0 },
  }))
}

function row({ cmid, uses }: Machine, asOf: number): KmsReport['table'][number] {
  const newest = uses.reduce((one, other) => (other.last > one.last ? other : one))
  const all = <T>(what: (use: (typeof uses)[number]) => T) => [...new Set(uses.map(what))].sort()
  const sum = (what: 'requests' | 'refused') => uses.reduce((total, use) => total + use[what], 0)
  return {
    ...{ cmid, clients: all(({ client }) => client), hosts: all(({ host }) => host), products: all((use) => use.activationId) },
    ...{ first: iso(uses.reduce((least, { first }) => Math.min(least, first), Infinity)), last: iso(newest.last) },
    ...{ requests: sum('requests'), refused: sum('refused') },
    ...{ code: newest.code, status: newest.status, minimum: newest.minimum },
    counted: uses.some(({ counted }) => isRemembered(counted, asOf)),
  }
}

function isRemembered(counted: number | null, asOf: number): boolean {
  return counted !== null && counted <= asOf && counted > asOf - MEMORY_MS
}

function spanOf({ byCmid }: Machines): { readonly from: number; readonly to: number } | undefined {
  let [from, to] = [Infinity, -Infinity]
  for (const { uses } of byCmid) for (const use of uses) [from, to] = [Math.min(from, use.first), Math.max(to, use.last)]
  return from === Infinity ? undefined : { from, to }
}

function hostsOf({ byCmid }: Machines): string[] {
  return [...new Set(byCmid.flatMap(({ uses }) => uses.map(({ host }) => host)))].sort()
}

function dayOf(moment: number): number {
  return Math.floor(moment / DAY_MS)
}

function iso(moment: number): string {
  return new Date(moment).toISOString()
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
