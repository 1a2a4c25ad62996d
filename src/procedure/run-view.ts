import type { FaultRecord } from '../faults/fault.ts'
import type { Plan, StepName } from '../workflow/plan.ts'
import type { DecisionKind, Outcome, Person } from './events.ts'
import type { Memory } from './memory.ts'
import type { Option } from './verdict.ts'

/** One step as a person sees it. Times in milliseconds of farm time. */
export interface StepView {
  readonly step: StepName | 'restoring'
  readonly state: 'pending' | 'running' | 'done' | 'skipped' | 'held' | 'failed'
  /** What the step rests on: the last evidence of each of its stages that did something. */
  readonly because: readonly string[]
  /** Some stage had something to do or to prove; a step that ends without is skipped. */
  readonly touched: boolean
  readonly stage: string | null
  readonly startedAt: number | null
  readonly endedAt: number | null
  /** For how long nobody drove it between both. */
  readonly undrivenMs: number
}

/** One change that was asked of a host. */
export interface ActView {
  readonly effect: string
  readonly what: string
  readonly host: string
  readonly at: number
  readonly end: 'under way' | 'answered' | 'refused' | 'in doubt' | 'settled'
}

/** One decision of a person. */
export interface DecisionView {
  readonly at: number
  readonly decision: DecisionKind
  readonly by: Person
  readonly reason: string | null
  readonly option: string | null
  readonly place: string
}

/** Everything a person sees of a run, folded from its journal. */
export interface RunView {
  readonly run: string
  readonly title: string
  readonly plan: Plan | null
  readonly state: 'running' | 'stopped' | 'held' | 'approval' | 'ended'
  readonly outcome: Outcome | null
  readonly ending: { readonly outcome: Outcome; readonly because: string; readonly fault: FaultRecord | null } | null
  readonly startedBy: Person | null
  readonly startedAt: number
  readonly changedAt: number
  readonly owner: { readonly name: string; readonly by: Person; readonly since: number } | null
  /** Since when nobody drives it, and for how long that was so before. */
  readonly undriven: { readonly since: number | null; readonly ms: number }
  readonly steps: readonly StepView[]
  readonly waiting: {
    readonly place: string
    readonly for: string
    readonly because: readonly string[]
    readonly since: number
    readonly deadlineMs: number
  } | null
  readonly held: {
    readonly place: string
    readonly fault: FaultRecord
    readonly because: readonly string[]
    readonly options: readonly Option[]
    readonly skippable: boolean
    readonly since: number
  } | null
  readonly approval: {
    readonly place: string
    readonly what: string
    readonly because: readonly string[]
    readonly anotherPerson: boolean
    readonly since: number
  } | null
  readonly acts: readonly ActView[]
  readonly decisions: readonly DecisionView[]
  readonly memory: Memory
  readonly lines: number
  readonly head: string
}
