import type { FactsOf } from '../../../wire/operations/catalogue.ts'
import type { CloneMemory, HeardMemory } from '../../memory.ts'
import { retry, type Verdict } from '../../verdict.ts'

/** How far a KMS host's clock may be behind a machine that it answers. Source: kms.md 9 (0xC004F06C). */
const SKEW_MS = 4 * 60 * 60 * 1000

/** How far the host's own clock may have been set back between two events of its log. */
const SET_BACK_MS = 5 * 60 * 1000

/** Which events 12290 to ask for next: those that were not read yet, since the first canary booted; from the newest back. */
export function pageOf(clones: readonly CloneMemory[], heard: HeardMemory | null): { since: string; until?: string } {
  const since = heard?.since ?? moment(Math.min(...clones.map(({ booted }) => Date.parse(booted))) - SKEW_MS)
  const until = heard?.until ?? null
  return until === null ? { since } : { since, until }
}

/** Null when the KMS host has logged a request of each canary. Else what is waited for: the next older page while there is one (a host gives
 *  the newest thousands at a time), then what is new. */
export function hearOn(
  host: string,
  page: FactsOf<'Get-VdpKmsRequests'>,
  clones: readonly CloneMemory[],
  before: HeardMemory | null,
): Verdict | null {
  const cmids = new Set(page.requests.map(({ cmid }) => cmid.toLowerCase()))
  const heard = clones.filter(({ canary, cmid }) => before?.canaries.includes(canary) === true || cmids.has(cmid.toLowerCase()))
  const unheard = clones.filter((clone) => !heard.includes(clone)).map(({ canary }) => canary)
  if (unheard.length === 0) return null
  const overdue = { code: 'KMS_HOST_HEARD_NOTHING', details: { host, canaries: unheard } } as const
  const learn = { heard: { canaries: heard.map(({ canary }) => canary), ...readOn(page, before) } }
  return { ...retry(`${host} to log requests of ${unheard.join(', ')}`, 'not among its events 12290', overdue), learn }
}

/** Older pages are read until none is left; then only what came after the newest event that was there when this began. */
function readOn(page: FactsOf<'Get-VdpKmsRequests'>, before: HeardMemory | null): Omit<HeardMemory, 'canaries'> {
  const since = before?.since ?? null
  const from = before?.until ?? null
  const newest = from === null ? (page.requests.at(-1)?.at ?? null) : (before?.newest ?? null)
  const until = olderThan(page, from)
  if (until !== null) return { since, until, newest }
  return { since: newest === null ? since : moment(Date.parse(newest) - SET_BACK_MS), until: null, newest: null }
}

/** Where the next older page ends: a millisecond after the oldest event of this one, since moments are told no finer. Null where nothing
 *  older is there, or a whole page lies within that millisecond. */
function olderThan({ more, requests }: FactsOf<'Get-VdpKmsRequests'>, until: string | null): string | null {
  const oldest = requests[0]?.at
  if (!more || oldest === undefined) return null
  const next = moment(Date.parse(oldest) + 1)
  return next === until ? null : next
}

function moment(at: number): string {
  return new Date(at).toISOString()
}
