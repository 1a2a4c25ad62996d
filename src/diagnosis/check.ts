import type { FaultRecord } from '../faults/fault.ts'
import type { KmsHostState } from '../wire/operations/kms-host.ts'
import type { DeviceState, DiskState, ServerState } from '../wire/operations/farm-state.ts'
import type { TargetState } from '../wire/operations/target-state.ts'
import type { FactsOf } from '../wire/operations/catalogue.ts'
import type { Plan } from '../workflow/plan.ts'

/** What one look at all hosts of a plan brought. A host that did not answer stands in `missing` under `group.name` with the reason. */
export interface Look {
  readonly plan: Plan
  readonly target: TargetState | null
  readonly servers: Readonly<Record<string, ServerState>>
  readonly disk: DiskState | null
  /** What lies in each server's own folder of the store. */
  readonly files: Readonly<Record<string, FactsOf<'Get-VdpDiskFiles'>>>
  readonly device: DeviceState | null
  readonly canaryDevices: Readonly<Record<string, DeviceState>>
  readonly reach: FactsOf<'Test-VdpKmsReachability'> | null
  readonly kms: KmsHostState | null
  readonly missing: Readonly<Record<string, FaultRecord>>
  /** What runs of this store did on the servers of the farm; left out where no store was asked. */
  readonly own?: readonly OwnAct[]
  /** What they tell of the vDisk; left out where no store was asked. */
  readonly record?: DiskRecord
}

/** One act of a run: from when to when it may have changed something, in milliseconds. */
export interface OwnAct {
  readonly run: string
  readonly from: number
  readonly to: number
}

/** What runs of a store tell of one vDisk. `working`: a run that has not ended and has not sealed it; `inWindow`: it stands between the proof
 *  before its first rearm and the power-off, so that a restart would lose a rearm. `last`: the last one that sealed the disk, or ended and left it open; `at` is its last line (ISO 8601), `guid`
 *  the disk that it meant. */
export interface DiskRecord {
  readonly working: { readonly run: string; readonly inWindow: boolean } | null
  readonly last: {
    readonly run: string
    readonly at: string
    readonly outcome: string
    readonly did: 'sealed' | 'left open'
    readonly guid: string
  } | null
}

/** What a check found on one host. `na` says why the question does not arise. */
export interface Finding {
  readonly host: string
  readonly verdict: 'pass' | 'warn' | 'fail' | 'unknown' | 'na'
  readonly says: string
  /** The check whose trouble keeps this one from being judged, of an unknown; null otherwise. */
  readonly because: string | null
  readonly effect: string | null
  readonly remedy: readonly string[]
}

/** One question to the facts. Pure; `warn` checks never stop a run, `fail` checks do until they are waived. */
export interface Check {
  readonly id: string
  /** A noun phrase. */
  readonly title: string
  readonly group: 'target' | 'windows' | 'office' | 'pvs' | 'disk' | 'kms'
  readonly severity: 'fail' | 'warn'
  readonly source: string
  /** The facts it decides by, by their place in a look (`servers.services`); `session`: how the session with a host came up. */
  readonly reads: readonly string[]
  /** When it is not content, in a sentence. */
  readonly rule: string
  /** What it means for the vDisk when it is not content; `{words}` are filled in when it is told. */
  readonly effect: string
  readonly remedy: readonly string[]
  /** How a person looks where the program could not. */
  readonly byHand: string
  judge(look: Look): readonly Finding[]
}

/** A finding with the check it comes from. */
export interface CheckedFinding extends Finding {
  readonly check: string
  readonly severity: 'fail' | 'warn'
}
