import type { FaultRecord } from '../../faults/fault.ts'
import type { Receipt } from '../../wire/receipt.ts'
import type { Ask } from '../asking.ts'
import type { Person } from '../events.ts'
import type { HostKind } from '../host-kind.ts'
import type { BootMark } from '../reboots.ts'
import type { Phase } from './context.ts'

/** What a look brought: facts by label, and the hosts that did not answer. */
export interface Looked {
  readonly now: Readonly<Record<string, unknown>>
  readonly missing: Readonly<Record<string, FaultRecord>>
}

/** How an act failed: the host answered with an error, or nobody knows. */
export interface ActFailure {
  readonly fault: FaultRecord
  readonly inDoubt: boolean
}

/** What a host holds of an act in doubt, read over a new connection with a higher fence. */
export interface Settled {
  readonly receipt: 'none' | 'ended' | 'failed' | 'unfinished' | 'in-flight'
  readonly result: Receipt['result']
  /** The boot of the target that answered; null from a server. A target's receipts are gone with the boot they were written in. */
  readonly boot: BootMark | null
}

/** Which stage looks, and what for. */
export interface LookInput {
  readonly place: string
  readonly phase: Phase
}

/** One change on one host, with the name of its receipt. */
export interface ActInput {
  readonly place: string
  readonly effect: string
  readonly ask: Ask
}

/** The act in doubt whose receipt is asked for. */
export interface SettleInput {
  readonly place: string
  readonly effect: string
  readonly host: string
  readonly op: string
  readonly on: HostKind
}

/** The leases to take. */
export interface SlotInput {
  readonly keys: readonly string[]
}

interface Decision {
  readonly by: Person
  readonly reason: string | null
  readonly option: string | null
}

/** Events a person sends. Results of effects arrive as xstate.done.actor.* and xstate.error.actor.*, timers as xstate.after.*. */
export type Signal =
  | ({ readonly type: 'approve' } & Decision)
  | ({ readonly type: 'retry' } & Decision)
  | ({ readonly type: 'mark-done' } & Decision)
  | ({ readonly type: 'skip' } & Decision)
  | ({ readonly type: 'abort' } & Decision)
