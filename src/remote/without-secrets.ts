import { Fault, faultOf } from '../faults/fault.ts'
import type { Answer, Hosts, Session } from '../engine/ports/hosts.ts'
import type { FactsOf } from '../wire/operations/catalogue.ts'

type Redact = (text: string) => string
type HookFacts = FactsOf<'Invoke-VdpHook'>

/** Hosts whose words carry no secret into the engine: what a hook printed, why a request was refused or lost, why a connection failed.
 *  Facts that judges rest on stay as they are. */
export function withoutSecrets(hosts: Hosts, redact: Redact): Hosts {
  return {
    async open(host, opening) {
      const session = await hosts.open(host, opening).catch((thrown: unknown) => {
        const { code, details } = faultOf(thrown)
        throw new Fault(code, said(details, redact), thrown)
      })
      const request: Session['request'] = async (op, args, act, signal) => {
        const answer = await session.request(op, args, act, signal)
        if (answer.is !== 'facts') return said(answer, redact)
        return op === 'Invoke-VdpHook'
          ? (printed(answer as Answer<HookFacts> & { is: 'facts' }, redact) as typeof answer)
          : answer
      }
      return { ...session, request }
    },
    close: () => hosts.close(),
  }
}

function printed<A extends { readonly facts: HookFacts }>(answer: A, redact: Redact): A {
  const { program } = answer.facts
  return { ...answer, facts: { ...answer.facts, program: { ...program, output: redact(program.output) } } }
}

/** The same value with every text in it redacted. */
function said<T>(value: T, redact: Redact): T {
  if (typeof value === 'string') return redact(value) as T
  if (Array.isArray(value)) return value.map((one: unknown) => said(one, redact)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, said(one, redact)])) as T
}
