import { Fault, faultOf } from '../../faults/fault.ts'
import type { ActFailure, ActInput } from '../../procedure/chart/signals.ts'
import { HERE } from '../../wire/here.ts'
import type { Connections } from '../connections.ts'
import type { EffectRow } from '../ports/store.ts'
import { withoutFlood } from './hook-output.ts'
import { faultOfAnswer } from './hostFault.ts'

/** How an act ended here: the host's facts, or a failure that says whether the host may have acted. */
export type Acted = { readonly is: 'done'; readonly facts: unknown } | { readonly is: 'failed'; readonly failure: ActFailure }

/** Makes one change on one host. Only a host's own refusal is a known end; everything else is in doubt and settled by its receipt. */
export async function act(input: ActInput, connections: Connections, signal: AbortSignal): Promise<Acted> {
  const { host, op, args } = input.ask
  try {
    // This machine compares no fence: a new session carries one that only the run's owner can have raised.
    if (host === HERE) await connections.drop(host)
    const answer = await connections.request(host, op, args, { effect: input.effect }, signal)
    if (answer.is === 'facts') return { is: 'done', facts: withoutFlood(op, answer.facts) }
    const busy = answer.is === 'refused' && answer.error.kind === 'busy'
    return { is: 'failed', failure: { fault: faultOfAnswer(host, op, answer), inDoubt: answer.is !== 'refused' || busy } }
  } catch (thrown) {
    return { is: 'failed', failure: { fault: faultOf(thrown), inDoubt: true } }
  }
}

/** The failure of an act that a process before this one began and never finished. */
export function leftInDoubt({ host, op }: ActInput['ask']): ActFailure {
  return {
    fault: { code: 'OUTCOME_UNKNOWN', details: { act: op, host, why: 'the program ended while the act was under way' } },
    inDoubt: true,
  }
}

/** Why the run stops, with what is in doubt when the store took no result of this effect: an act may have ended on its host. */
export function unrecorded(thrown: unknown, effect: EffectRow | undefined): unknown {
  const { code, details } = faultOf(thrown)
  if (effect?.kind !== 'act' || !code.startsWith('STORE_')) return thrown
  const { host, op } = (effect.input as ActInput).ask
  return new Fault(code, { ...details, doubt: `${op} on ${host}, whose receipt a resume asks for` }, thrown)
}
