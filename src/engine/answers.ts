import type { FaultRecord } from '../faults/fault.ts'
import { isAsk, type Ask, type Probe } from '../procedure/asking.ts'
import type { Looked } from '../procedure/chart/signals.ts'

/** What became of one request that only reads. */
export type Read = { readonly is: 'facts'; readonly facts: unknown } | { readonly is: 'missing'; readonly fault: FaultRecord }

/** One thing to be read: of one host, or in a group by name. */
interface Wanted {
  readonly label: string
  readonly name: string | null
  readonly ask: Ask
}

/** Asks for everything of a probe side by side. The answers stand in the order of asking: what is said of several hosts does not depend on
 *  who answers first. */
export async function answersTo(probe: Probe, read: (request: Ask) => Promise<Read>): Promise<Looked> {
  const asked = Object.entries(probe).flatMap(([label, entry]): Wanted[] =>
    isAsk(entry) ? [{ label, name: null, ask: entry }] : Object.entries(entry).map(([name, one]) => ({ label, name, ask: one })),
  )
  const results = await Promise.all(asked.map(({ ask }) => read(ask)))
  const groups = new Map(Object.entries(probe).flatMap(([label, entry]) => (isAsk(entry) ? [] : [[label, {}] as const])))
  const now: Record<string, unknown> = Object.fromEntries(groups)
  const missing: Record<string, FaultRecord> = {}
  for (const [n, { label, name }] of asked.entries()) {
    const result = results[n]
    if (result?.is === 'missing') missing[name === null ? label : `${label}.${name}`] = result.fault
    else if (name === null) now[label] = result?.facts
    else Object.assign(groups.get(label) ?? {}, { [name]: result?.facts })
  }
  return { now, missing }
}
