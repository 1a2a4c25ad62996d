import type { FaultRecord } from '../faults/fault.ts'
import type { Plan, StepName } from '../workflow/plan.ts'
import type { Learnt, Option } from './verdict.ts'

/** Who acted: the operating system's login and host. `claim` is what was said with --as, recorded beside it and never trusted. */
export interface Person {
  readonly login: string
  readonly host: string
  readonly claim: string | null
}

/** How a run can end; `mended` is a run that did nothing but mend one finding of the doctor. */
export const OUTCOMES = ['verified', 'sealed-unverified', 'mended', 'failed', 'aborted'] as const

export type Outcome = (typeof OUTCOMES)[number]

/** What a person can decide. */
export type DecisionKind = 'approve' | 'retry' | 'mark-done' | 'skip' | 'abort' | 'take-over'

/** Everything that happens in a run, as the journal keeps it. What a person sees is folded from these and nothing else. */
export type RunEvent =
  | { readonly type: 'run.started'; readonly plan: Plan; readonly by: Person; readonly version: string }
  | {
      readonly type: 'owner.claimed'
      readonly owner: string
      readonly by: Person
      readonly fence: number
      readonly resumed: boolean
    }
  | { readonly type: 'owner.left'; readonly owner: string; readonly why: string }
  | {
      readonly type: 'connected'
      readonly host: string
      readonly computer: string
      readonly fence: number
      readonly agents: string
      /** The host did not answer a session: each request is a process of its own there. */
      readonly form?: 'one-shot' | 'by-hand'
    }
  | { readonly type: 'step.entered'; readonly step: StepName | 'restoring'; readonly because: string }
  | { readonly type: 'step.skipped'; readonly step: StepName | 'restoring'; readonly because: string }
  | { readonly type: 'step.done'; readonly step: StepName | 'restoring' }
  | { readonly type: 'stage.entered'; readonly place: string; readonly title: string }
  | {
      readonly type: 'looked'
      readonly place: string
      readonly facts: unknown
      readonly missing: Readonly<Record<string, FaultRecord>>
    }
  | {
      readonly type: 'judged'
      readonly place: string
      readonly is: string
      readonly because: readonly string[]
      readonly waitingFor: string | null
      readonly deadlineMs: number | null
    }
  | { readonly type: 'learnt'; readonly place: string; readonly learn: Learnt }
  | {
      readonly type: 'intended'
      readonly place: string
      readonly effect: string
      readonly what: string
      readonly host: string
      readonly op: string
      readonly args: unknown
    }
  | {
      readonly type: 'acted'
      readonly place: string
      readonly effect: string
      readonly end: 'answered' | 'refused' | 'in-doubt'
      readonly fault: FaultRecord | null
      readonly facts: unknown
    }
  | { readonly type: 'settled'; readonly place: string; readonly effect: string; readonly receipt: string }
  | { readonly type: 'silent'; readonly place: string; readonly fault: FaultRecord }
  | {
      readonly type: 'approval.wanted'
      readonly place: string
      readonly what: string
      readonly because: readonly string[]
      readonly anotherPerson: boolean
    }
  | {
      readonly type: 'held'
      readonly place: string
      readonly fault: FaultRecord
      readonly because: readonly string[]
      readonly options: readonly Option[]
      readonly skippable: boolean
    }
  | {
      readonly type: 'decided'
      readonly place: string
      readonly decision: DecisionKind
      readonly by: Person
      readonly reason: string | null
      readonly option: string | null
    }
  | { readonly type: 'stage.done'; readonly place: string; readonly because: readonly string[]; readonly skipped: boolean }
  | { readonly type: 'ending'; readonly outcome: Outcome; readonly because: string; readonly fault: FaultRecord | null }
  | { readonly type: 'run.ended'; readonly outcome: Outcome }
