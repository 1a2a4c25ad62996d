import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import type { Store } from '../../../engine/ports/store.ts'
import { Fault } from '../../../faults/fault.ts'
import { describeFault } from '../../../faults/table.ts'
import type { RunEvent } from '../../../procedure/events.ts'
import { fold, stamped } from '../../../procedure/fold.ts'
import { emptyView } from '../../../procedure/view-changes.ts'
import { openMetrics, type Counted } from '../../../report/metrics.ts'
import type { Terminal } from '../terminal.ts'
import { notWritten, refuseForeign } from '../writing.ts'

/** Writes the metrics of all runs of a store, where a file was named; a collector sees the file of before or the whole new one. What cannot be
 *  written is told and changes nothing of the command's result. */
export async function writeMetrics(file: string | undefined, store: Store, terminal: Pick<Terminal, 'err'>): Promise<void> {
  if (file === undefined) return
  const fresh = `${file}.${randomUUID()}`
  try {
    refuseForeign(file)
    writeFileSync(fresh, openMetrics(await countedRuns(store)), { mode: 0o644 })
    renameSync(fresh, file)
  } catch (thrown) {
    rmSync(fresh, { force: true })
    const { code, details } = thrown instanceof Fault ? thrown : notWritten(file, thrown)
    terminal.err(`Metrics were not written. ${describeFault(code, details).says}`)
  }
}

/** Events that move what is counted; looks and judgements, nine lines of ten, do not. */
const COUNTED: readonly RunEvent['type'][] = [
  'run.started',
  'owner.claimed',
  'owner.left',
  'step.entered',
  'step.skipped',
  'step.done',
  'stage.done',
  'learnt',
  'intended',
  'approval.wanted',
  'held',
  'decided',
  'ending',
  'run.ended',
]

async function countedRuns(store: Store): Promise<readonly Counted[]> {
  const lines = (await store.across(COUNTED)).map(stamped)
  return [...Map.groupBy(lines, ({ run }) => run)].map(([run, own]) => {
    const holds = own.flatMap(({ event }) => (event.type === 'held' ? [event.fault.code] : []))
    return { ...own.reduce(fold, emptyView(run)), holds }
  })
}
