import { machineName } from './machine-names.ts'
import type { KmsReport } from './report-shape.ts'

type Pool = KmsReport['pools'][number]
type Edition = KmsReport['editions'][number]

/** The first sentences of a report: how many machines are missing from the count, and what is wrong with the CMIDs; or that nothing is. That
 *  some are missing is said only where two used one CMID side by side: else a machine may have been renamed. */
export function headline({ shared, cmids, machines }: KmsReport): { readonly good: boolean; readonly says: string } {
  if (shared.length === 0)
    return { good: true, says: `No CMID is used by two machines: ${many(machines, 'machine')}, ${many(cmids, 'CMID')}.` }
  const users = new Set(shared.flatMap(({ clients }) => clients.map(({ client }) => client))).size
  const [which, counts] =
    shared.length === 1 ? ['One CMID is used by', 'one'] : [`${String(shared.length)} CMIDs are used by`, String(shared.length)]
  const sum = users > shared.length ? `${String(users)} machines count as ${counts}` : `${String(users)} machines`
  const missing = shared.some(({ overlapping }) => overlapping) ? machines - cmids : 0
  const answer =
    missing > 0 && missing === users - shared.length
      ? `${many(machines, 'machine')} are counted as ${String(cmids)}: ${String(missing)} ${missing === 1 ? 'is' : 'are'} missing. `
      : ''
  return { good: false, says: `${answer}${which} several machines: ${sum}.` }
}

/** How the machines of a shared CMID used it, in the time from each one's first request to its last. */
export function useWords({ overlapping }: KmsReport['shared'][number]): string {
  return overlapping ? 'side by side, each asking on while the others did' : 'one after the other'
}

/** What shared CMIDs mean. `overlapping` false: each of them could also be one machine that was renamed. */
export function meaningOf({ shared }: KmsReport): string {
  const sure = shared.some(({ overlapping }) => overlapping)
  const clones = 'Clones that show the CMID of their image: it was sealed without a rearm that worked, or not prepared for KMS.'
  return sure ? clones : `${clones} Or a machine was renamed: no two used one CMID at the same time.`
}

/** The run that met a shared CMID, which tells what image it comes from; its canaries are told apart from the machines that are counted. Null
 *  where none did. */
export function seenWords({ seenIn, clients, machines }: KmsReport['shared'][number]): string | null {
  if (seenIn === null) return null
  const counted = new Set(clients.map(({ client }) => machineName(client)))
  const others = seenIn.canaries.filter((canary) => !counted.has(machineName(canary)))
  const apart = others.length === 0 ? '' : `; not among these ${String(machines)} machines: ${others.join(', ')}`
  return `seen in run ${seenIn.run}, vDisk ${seenIn.vdisk}: ${seenIn.says}${apart}`
}

/** A product as a person reads it. */
export function editionName({ name, activationId, kind, minimum }: Edition): string {
  if (name !== null) return name
  const needs = minimum === null ? '' : `, needs ${String(minimum)}`
  const what = {
    client: 'a Windows client',
    server: 'a server',
    office: 'an Office',
    five: 'a server or an Office',
    unknown: 'unknown',
  }
  return `${activationId} (${what[kind]}${needs})`
}

/** The count of a pool against its thresholds. */
export function countWords({ count, cmids, cap, thresholds }: Pool): string {
  const limits = thresholds.map(({ of, needs, missing }) =>
    missing === 0 ? `${of} ${String(needs)}: met` : `${of} ${String(needs)}: ${String(missing)} missing`,
  )
  const capped = cmids > cap ? ` (${String(cmids)} CMIDs, a host keeps ${String(cap)})` : ''
  return `${String(count)}${capped}; ${limits.join(', ')}`
}

/** What becomes of a count, by the model. */
export function forecastWords({ forecast, thresholds }: Pool): readonly string[] {
  const ahead = forecast.filter(({ inDays }) => inDays > 0)
  const met = thresholds.filter(({ missing }) => missing === 0)
  const falls = met.flatMap(({ of, needs, fallsBelowIfRenewed: on }) =>
    on === null ? [] : [`falls below ${String(needs)} (${of}) on ${day(on)}`],
  )
  const [highest] = met
  const silent = highest?.fallsBelowIfSilent ?? null
  const only =
    falls.length > 0 || highest === undefined || silent === null
      ? []
      : [`below ${String(highest.needs)} (${highest.of}) only if nobody asks until ${day(silent)}`]
  return [
    `in ${ahead.map(({ inDays, ifRenewed }) => `${String(inDays)} days ${String(ifRenewed)}`).join(', ')}`,
    ...falls,
    ...only,
  ]
}

/** What the numbers rest on. */
export const BASIS = {
  documented:
    'Documented: a CMID counts for 30 days after its last contact; 25 for clients, 5 for servers, 5 for Office; a host keeps 50 CMIDs, 10 without clients.',
  model:
    'Model: counts are computed from the events, refused requests left out; who asked within 14 days (two renewals of 7) is taken to ask again.',
} as const

/** A moment without its time. */
export function day(moment: string): string {
  return moment.slice(0, 10)
}

/** `1 machine`, `2 machines`. */
export function many(count: number, one: string): string {
  return `${String(count)} ${one}${count === 1 ? '' : 's'}`
}
