import type { FaultRecord } from '../../../faults/fault.ts'
import { describeFault } from '../../../faults/table.ts'
import { lastProof, type LastProof } from '../../../engine/seals.ts'
import type { StoredRun } from '../../../engine/ports/store.ts'
import { rememberedOf } from '../../../engine/turn.ts'
import type { LastLook } from '../../../report/doctor/report-schema.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { diskRecord } from './disk-record.ts'

/** The run that last looked at clones, and the fault that ended it failed. `stale`: a later run has sealed the image anew. */
export interface KnownProof extends LastProof {
  readonly fault: FaultRecord | null
  readonly stale: boolean
}

/** What the runs of a store tell of the clones of the vDisk of a plan; null when none looked at any. */
export function knownProof(runs: readonly StoredRun[], plan: Plan): KnownProof | null {
  const proof = lastProof(runs, plan)
  const stored = runs.find(({ run }) => run === proof?.run)
  if (proof === null || stored === undefined) return null
  const { last } = diskRecord(runs, plan)
  const fault = proof.outcome === 'failed' ? (rememberedOf(stored).endsFor?.fault ?? null) : null
  const stale = last?.did === 'sealed' && last.run !== proof.run && Date.parse(last.at) > proof.at
  return { ...proof, fault, stale }
}

/** The same as `doctor --json` prints it. */
export function lastLookOf(proof: KnownProof | null, file: string): LastLook {
  if (proof === null) return null
  const { run, at, outcome, stale } = proof
  const fault = proof.fault === null ? null : { code: proof.fault.code, ...toldOf(proof.fault, run, file) }
  return { run, at: new Date(at).toISOString(), outcome, stale, fault }
}

function toldOf(fault: FaultRecord, run: string, file: string) {
  const { says, effect, remedy } = describeFault(fault.code, { run, file, ...fault.details })
  return { says, effect, remedy: [...remedy] }
}
