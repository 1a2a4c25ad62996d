import { faultOf } from '../faults/fault.ts'
import type { Looked } from '../procedure/chart/signals.ts'
import type { RunEvent } from '../procedure/events.ts'
import type { EffectRow, StoredRun } from './ports/store.ts'
import type { ChartEvent } from './turn.ts'

/** The effect under way or to be begun; a run has at most one. */
export function openEffect({ effects }: StoredRun): EffectRow | undefined {
  return effects[0]
}

/** What is to be told to the chart: the result of an effect, or a timer's wake-up (`finished` null). */
export interface News {
  readonly event: ChartEvent
  readonly finished: string | null
  readonly facts?: Facts
}

/** What a look brought, for the journal; `text` is the same without its times of reading, to compare. */
interface Facts {
  readonly told: RunEvent
  readonly text: string
}

/** Facts as news. */
export function factsOf(place: string, looked: Looked): Facts {
  const text = JSON.stringify([place, looked], (key, value: unknown) => (key === 'at' ? undefined : value))
  return { told: { type: 'looked', place, facts: looked.now, missing: looked.missing }, text }
}

/** The outcome of work as news. Null when it was cut short; rejects with FENCED. */
export async function answered(
  actor: string,
  finished: string,
  work: () => Promise<unknown>,
  signal: AbortSignal,
): Promise<News | null> {
  try {
    const output = await work()
    return { event: { type: `xstate.done.actor.${actor}`, output }, finished }
  } catch (thrown) {
    if (signal.aborted) return null
    const error = faultOf(thrown)
    if (error.code === 'FENCED') throw thrown
    return { event: { type: `xstate.error.actor.${actor}`, error }, finished }
  }
}
