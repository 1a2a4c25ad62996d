import type { HostError } from '../../wire/messages.ts'
import { LicensingError, textOf } from '../model/licensing-error.ts'
import { PvsError } from '../model/pvs-error.ts'

/** The agent itself says no: what is asked for would do harm, or is not there. */
export class AgentRefusal extends Error {
  readonly kind: 'fenced' | 'busy' | 'refused' | 'arguments' | 'missing' | 'native'
  readonly details: string | null

  constructor(kind: AgentRefusal['kind'], message: string, details: string | null = null) {
    super(message)
    this.name = 'AgentRefusal'
    this.kind = kind
    this.details = details
  }
}

/** The act was killed or its machine went down: nobody is there to answer. */
export class Silence extends Error {}

/** Anything thrown while a host works, as the wire's error, in the words of its language. */
export function hostErrorOf(thrown: unknown, language: string): HostError {
  const nothing = { hresult: null, returnCode: null, details: null, at: null }
  if (thrown instanceof LicensingError)
    return { ...nothing, kind: 'licensing', message: textOf(thrown.hresult, language), hresult: thrown.hresult }
  if (thrown instanceof PvsError) {
    const message = thrown.message === '' ? (thrown.details ?? thrown.symbol) : thrown.message
    return {
      ...nothing,
      kind: 'pvs',
      message,
      returnCode: thrown.returnCode,
      details: thrown.details,
      at: `Citrix.PVS.SnapIn.${thrown.symbol}`,
    }
  }
  if (thrown instanceof AgentRefusal) return { ...nothing, kind: thrown.kind, message: thrown.message, details: thrown.details }
  return { ...nothing, kind: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown) }
}
