import type { CheckedFinding, Finding } from '../../diagnosis/check.ts'
import type { FaultRecord } from '../../faults/fault.ts'
import type { StepName } from '../../workflow/plan.ts'
import type { Option } from '../verdict.ts'

/** What a run would make of a step, as far as the facts of now tell. `cannot-know`: the facts that decide do not exist yet. */
export type Outlook = 'satisfied' | 'will-act' | 'blocked' | 'cannot-know' | 'left-out'

/** One change the run would make: the request with its values (keys by their last five characters) and the evidence that asks for it. */
export interface ForeseenAct {
  readonly key: string
  readonly what: string
  readonly host: string
  readonly op: string
  readonly args: unknown
  readonly because: readonly string[]
}

/** An act that a person has to allow first, and why. */
export interface ForeseenApproval {
  readonly step: StepName
  readonly what: string
  readonly why: string
  readonly anotherPerson: boolean
}

/** What has to happen first: `step` has booted a machine, or is free again. */
export interface Until {
  readonly step: StepName
  readonly what: string
}

/** One step of the plan. `says` is the evidence or the reason; `then` what the step waits for after its acts;
 *  `until` the step before which nothing more can be known, and what has to happen in it. */
export interface ForeseenStep {
  readonly step: StepName
  readonly outlook: Outlook
  readonly says: readonly string[]
  readonly acts: readonly ForeseenAct[]
  readonly then: readonly string[]
  readonly until: Until | null
  readonly fault: FaultRecord | null
  readonly options: readonly Option[]
  /** Why the scenario keeps or skips the step, and the sources by the names that `explain --sources` resolves. */
  readonly why: string
  readonly source: string
}

/** How many rearms there are and how many would be left; null where nothing can be read yet. */
export interface ForeseenRearm {
  readonly product: 'Windows' | 'Office'
  readonly before: number | null
  readonly after: number | null
}

/** Something the sources do not settle, said before it matters. */
export interface Caveat {
  readonly says: string
  readonly source: string
}

/** What a run would do now, step by step in its order. Nothing in it depends on the time of day. */
export interface Forecast {
  readonly title: string
  readonly scenario: string
  readonly where: string
  readonly workflow: string
  readonly steps: readonly ForeseenStep[]
  readonly order: { readonly sequence: 'officeFirst' | 'article' | null; readonly because: string }
  readonly rearm: { readonly wanted: boolean | null; readonly because: string }
  readonly counters: readonly ForeseenRearm[]
  readonly checks: {
    readonly tally: Readonly<Record<Finding['verdict'], number>>
    readonly findings: readonly CheckedFinding[]
  }
  readonly approvals: readonly ForeseenApproval[]
  readonly caveats: readonly Caveat[]
}
