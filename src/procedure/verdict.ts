import type { FaultRecord } from '../faults/fault.ts'
import type { FaultCode } from '../faults/table.ts'
import type { Ask } from './asking.ts'
import type { Memory } from './memory.ts'
import type { Undo } from './undo.ts'

/** What a look taught for the rest of the run. */
export type Learnt = Partial<Memory>

/** Something a person may allow at a hold; the judge sees it in `granted` and then acts or waives. */
export interface Option {
  readonly name: string
  readonly label: string
}

/** May an act be done again? safe: any time; after-probe: when the facts still ask for it; never: only by a decision. */
export type Repeat = 'safe' | 'after-probe' | 'never'

/** One change to be made: the request, a sentence for people, and a key that counts how often it was begun. */
export interface Act {
  readonly ask: Ask
  readonly what: string
  readonly key: string
  readonly undo?: readonly Undo[]
  /** Asked for although the workflow does not demand approval: it costs or risks something. */
  readonly approval?: string
  /** How often it may be done, where that is not the stage's rule. */
  readonly repeat?: Repeat
  /** The option by which a person allowed it, where that is used up by doing it once. */
  readonly uses?: string
}

/** What facts say about a stage. `because` is the evidence, one short sentence each, with the values that decided. */
export type Verdict =
  | { readonly is: 'done'; readonly because: readonly string[]; readonly skipped: boolean; readonly learn?: Learnt }
  | { readonly is: 'act'; readonly because: readonly string[]; readonly act: Act; readonly learn?: Learnt }
  | {
      readonly is: 'retry'
      readonly because: readonly string[]
      readonly waitingFor: string
      readonly overdue: FaultRecord | null
      /** What was asked for last is so; that it was refused no longer matters. */
      readonly settled?: boolean
      /** Milliseconds to the next look, where the wait is none for others but for more to be read. */
      readonly pauseMs?: number
      readonly options?: readonly Option[]
      readonly learn?: Learnt
    }
  | {
      readonly is: 'hold'
      readonly because: readonly string[]
      readonly fault: FaultRecord
      readonly options: readonly Option[]
      readonly learn?: Learnt
    }
  | { readonly is: 'fail'; readonly because: readonly string[]; readonly fault: FaultRecord; readonly learn?: Learnt }
  | {
      readonly is: 'unknown'
      readonly because: readonly string[]
      readonly what: string
      readonly why: string
      readonly fault?: FaultRecord
      readonly options?: readonly Option[]
    }

type Of<K extends Verdict['is']> = Extract<Verdict, { readonly is: K }>

/** The stage's aim is met, by this evidence. */
export function done(because: string | readonly string[], learn?: Learnt): Of<'done'> {
  return { is: 'done', because: listed(because), skipped: false, ...(learn === undefined ? {} : { learn }) }
}

/** Nothing to do here, and why. */
export function skipped(because: string, learn?: Learnt): Of<'done'> {
  return { is: 'done', because: [because], skipped: true, ...(learn === undefined ? {} : { learn }) }
}

/** The facts ask for a change. */
export function act(change: Act, because: string | readonly string[], learn?: Learnt): Of<'act'> {
  return { is: 'act', because: listed(because), act: change, ...(learn === undefined ? {} : { learn }) }
}

/** Not yet; look again. `overdue` is the fault when the deadline passes. */
export function retry(waitingFor: string, because: string | readonly string[], overdue: FaultRecord | null = null): Of<'retry'> {
  return { is: 'retry', because: listed(because), waitingFor, overdue }
}

/** A person has to decide. */
export function hold(
  code: FaultCode,
  details: Readonly<Record<string, unknown>>,
  because: string | readonly string[] = [],
  options: readonly Option[] = [],
): Of<'hold'> {
  return { is: 'hold', because: listed(because), fault: { code, details }, options }
}

/** Going on cannot be right: the run fails after putting back what it changed. */
export function fail(
  code: FaultCode,
  details: Readonly<Record<string, unknown>>,
  because: string | readonly string[] = [],
): Of<'fail'> {
  return { is: 'fail', because: listed(because), fault: { code, details } }
}

/** A fact that decides could not be read. */
export function unknown(what: string, why: string): Of<'unknown'> {
  return { is: 'unknown', because: [`${what}: ${why}`], what, why }
}

function listed(because: string | readonly string[]): readonly string[] {
  return typeof because === 'string' ? [because] : because
}

/** A detail of a fault as text, or its code when the detail is not there. */
export function detailOf(fault: FaultRecord, ...names: readonly string[]): string {
  for (const name of names) {
    const value = fault.details[name]
    if (typeof value === 'string' || typeof value === 'number') return String(value)
  }
  return fault.code
}
