import type { FaultRecord } from '../faults/fault.ts'
import type { OperationName } from '../wire/operations/catalogue.ts'
import type { Receipt } from '../wire/receipt.ts'
import type { Plan, StepName } from '../workflow/plan.ts'
import type { Probe, Seen } from './asking.ts'
import type { Memory } from './memory.ts'
import type { Act, Repeat, Verdict } from './verdict.ts'

/** What was recorded when the act was intended. */
export interface Intent {
  readonly key: string
  readonly effect: string
  readonly what: string
  readonly host: string
  readonly op: OperationName
  /** The act's own rule of repeating, where it has one. */
  readonly repeat?: Repeat
  /** The stage's own digest of the facts before the act. */
  readonly baseline: unknown
}

/** What a probe is made from. The intent tells that an act was begun: some things may not be asked any more then; its end may name a
 *  task to ask for. */
export interface Look {
  readonly plan: Plan
  readonly memory: Memory
  readonly intent: Intent | null
  readonly end: ActEnd | null
}

/** How an act ended, as far as it is known: its own facts, the host's error, or nothing but a receipt. */
export type ActEnd =
  | { readonly is: 'answered'; readonly facts: unknown }
  | { readonly is: 'refused'; readonly fault: FaultRecord }
  | { readonly is: 'settled'; readonly receipt: 'ended' | 'failed' | 'unfinished'; readonly result: Receipt['result'] }

/** Everything a judge may look at. Pure data: no clock, no host, no database. */
export interface Sight<P extends Probe> {
  readonly plan: Plan
  readonly memory: Memory
  readonly now: Seen<P>
  /** Hosts that did not answer, by label (`servers.PVS02`); only stages that judge silence get here with any. */
  readonly missing: Readonly<Record<string, FaultRecord>>
  readonly intent: Intent | null
  readonly end: ActEnd | null
  readonly granted: readonly string[]
}

/** One provable piece of a step: what to read, and what the reading means. */
export interface Stage {
  readonly name: string
  readonly step: StepName
  readonly title: string
  readonly repeat: Repeat
  readonly skippable: boolean
  readonly judgesSilence: boolean
  /** It judges by what runs of this store have done, beside its probe: the look brings it as `own.journal`. */
  readonly readsJournal: boolean
  /** While a rearm waits in the image every look at the target also proves that it was not rebooted. */
  readonly insideWindow: boolean
  /** Whether a plan has any use for the stage; where it has none, the chart passes by without a word. Null: every plan has. */
  readonly wanted: ((plan: Plan) => boolean) | null
  /** Acts that are made whatever the facts are: a forecast tells them without a look. */
  readonly certain: ((plan: Plan) => readonly Act[]) | null
  probe(look: Look): Probe
  judge(sight: Sight<Probe>): Verdict
  baseline(now: Seen<Probe>): unknown
}

interface StageText<P extends Probe> {
  readonly name: string
  readonly step: StepName
  readonly title: string
  readonly repeat: Repeat
  readonly skippable?: boolean
  readonly judgesSilence?: boolean
  readonly readsJournal?: boolean
  readonly insideWindow?: boolean
  readonly wanted?: (plan: Plan) => boolean
  readonly certain?: (plan: Plan) => readonly Act[]
  probe(look: Look): P
  judge(sight: Sight<P>): Verdict
  baseline?(now: Seen<P>): unknown
}

/** Declares a stage. Its probe's labels type what its judge sees. */
export function defineStage<P extends Probe>(text: StageText<P>): Stage {
  return {
    name: text.name,
    step: text.step,
    title: text.title,
    repeat: text.repeat,
    skippable: text.skippable ?? false,
    judgesSilence: text.judgesSilence ?? false,
    readsJournal: text.readsJournal ?? false,
    insideWindow: text.insideWindow ?? false,
    wanted: text.wanted ?? null,
    certain: text.certain ?? null,
    probe: (look) => text.probe(look),
    judge: (sight) => text.judge(sight as Sight<P>),
    baseline: (now) => text.baseline?.(now as Seen<P>) ?? null,
  }
}
