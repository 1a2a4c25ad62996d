import type { FaultRecord } from '../../faults/fault.ts'
import { describeFault } from '../../faults/table.ts'
import type { Stamped } from '../../procedure/fold.ts'
import type { RunView } from '../../procedure/run-view.ts'
import type { LeftRun, MachineLine } from './event-schema.ts'

/** A line of a journal as programs read it. */
export function eventLine({ run, seq, at, event }: Stamped): MachineLine {
  return { v: 1, run, seq, at, ...event }
}

/** A failure as programs read it; `run` fills commands that name it. */
export function faultLine({ code, details }: FaultRecord, run: string | null): Extract<MachineLine, { type: 'fault' }> {
  const { says, effect, remedy } = describeFault(code, { run: run ?? '<run>', ...details })
  return { v: 1, type: 'fault', run, fault: code, details: { ...details }, says, effect, remedy }
}

/** Where a run stands when a command leaves it. `fault` is why the command left, where that is not said by the run itself. */
export function leftRun(view: RunView, exit: number, fault: FaultRecord | null = null): LeftRun {
  const { run, title, state, outcome, held, approval, ending, steps } = view
  const step = steps.find((one) => one.state === 'running' || one.state === 'held')?.step ?? null
  const told = fault ?? held?.fault ?? ending?.fault ?? null
  return { run, title, state, outcome, exit, fault: told, approval: approval?.what ?? null, step, next: nextFor(view) }
}

/** What may be typed for a run that nobody drives. */
function nextFor({ run, state }: RunView): readonly string[] {
  if (state === 'ended') return [`vdiskprep show ${run}`]
  if (state === 'held' || state === 'approval') return [`vdiskprep status ${run}`, `vdiskprep decide ${run} DECISION`]
  return [`vdiskprep resume ${run}`]
}
