import { createHash } from 'node:crypto'
import type { SnapshotFrom } from 'xstate'
import { Fault } from '../faults/fault.ts'
import { chart, CHART_VERSION } from '../procedure/chart/chart.ts'
import { freshStage, type RunContext } from '../procedure/chart/context.ts'
import { emptyMemory } from '../procedure/memory.ts'
import type { Plan } from '../workflow/plan.ts'

export type ChartSnapshot = SnapshotFrom<typeof chart>

/** The stored form of a snapshot: where the chart stands and what the run remembers. The plan stands in the run's row. */
export interface StoredSnapshot {
  readonly value: unknown
  readonly context: Omit<RunContext, 'plan'>
}

/** What a run remembers at its beginning: a snapshot with other fields belongs to another chart. */
const remembered = { memory: emptyMemory, stage: freshStage('') }

/** Names a chart: its version and a hash of all that it is written with, also the transitions that XState's own `definition` leaves out
 *  (`always`), and of what its runs remember. Functions count by their names. */
export function stampOf(version: number, config: unknown, kept: unknown = remembered): string {
  const text = JSON.stringify([config, kept], (_key, part: unknown) => (typeof part === 'function' ? `${part.name}()` : part))
  return `${String(version)}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`
}

/** The chart that snapshots belong to here. */
export const chartStamp = stampOf(CHART_VERSION, chart.config)

/** Rejects with CHART_UNKNOWN: a run is moved on by the chart it began with, or not at all. */
export function refuseOtherChart({ run, stamp }: { readonly run: string; readonly stamp: string }): void {
  if (stamp !== chartStamp) throw new Fault('CHART_UNKNOWN', { run, theirs: stamp, ours: chartStamp })
}

/** What is stored of a snapshot. */
export function toStored(snapshot: ChartSnapshot): StoredSnapshot {
  const kept = Object.entries(snapshot.context).filter(([name]) => name !== 'plan')
  const context = Object.fromEntries(kept) as unknown as StoredSnapshot['context']
  return { value: snapshot.value, context }
}

/** The chart's snapshot back from the store. Children are not restored: the effect rows say what is under way. */
export function fromStored(stored: StoredSnapshot, plan: Plan): ChartSnapshot {
  return chart.resolveState({ value: stored.value as ChartSnapshot['value'], context: { ...stored.context, plan } })
}
