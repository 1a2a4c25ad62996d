import type { FaultCode } from './table.ts'

/** A named failure that a person can act on. Details are facts (counters, names, codes), never secrets. */
export class Fault extends Error {
  readonly code: FaultCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: FaultCode, details: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause })
    this.name = 'Fault'
    this.code = code
    this.details = details
  }
}

/** A fault as plain data, the form in which it travels through the chart and the journal. */
export interface FaultRecord {
  readonly code: FaultCode
  readonly details: Readonly<Record<string, unknown>>
}

/** Anything thrown, as data: our faults keep their code, everything else is INTERNAL with its message. */
export function faultOf(thrown: unknown): FaultRecord {
  if (thrown instanceof Fault) return { code: thrown.code, details: thrown.details }
  return { code: 'INTERNAL', details: { message: thrown instanceof Error ? thrown.message : String(thrown) } }
}
