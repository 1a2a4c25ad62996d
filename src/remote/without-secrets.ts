import { Fault, faultOf } from '../faults/fault.ts'
import type { Answer, Hosts, Session } from '../engine/ports/hosts.ts'
import type { FactsOf } from '../wire/operations/catalogue.ts'
import type { ActReport, Receipt } from '../wire/receipt.ts'

type Redact = (text: string) => string
type HookFacts = FactsOf<'Invoke-VdpHook'>

/** Hosts whose words carry no secret into the engine: what a hook printed, also where a receipt repeats it, why a request was refused or
 *  lost, why a connection failed. Facts that judges rest on stay as they are. */
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
          : { ...answer, facts: reported(answer.facts, redact) }
      }
      // By hand the welcome comes later: no copy of what stands now.
      return session.greeted === undefined
        ? { ...session, request }
        : Object.assign(Object.create(session) as Session, { request })
    },
    close: () => hosts.close(),
  }
}

function printed<A extends { readonly facts: HookFacts }>(answer: A, redact: Redact): A {
  const { program } = answer.facts
  return { ...answer, facts: { ...answer.facts, program: { ...program, output: redact(program.output) } } }
}

/** The same facts; of the receipts in them, also in the states before and after an act, what a program printed and why an act failed are
 *  redacted. */
function reported<T>(facts: T, redact: Redact): T {
  if (Array.isArray(facts) || facts === null || typeof facts !== 'object') return facts
  const { receipts } = facts as { readonly receipts?: ActReport['receipts'] }
  if (Array.isArray(receipts)) return { ...facts, receipts: receipts.map((one) => kept(one, redact)) }
  return Object.fromEntries(Object.entries(facts).map(([name, one]) => [name, reported(one, redact)])) as T
}

/** A receipt keeps the beginning of what a program printed. */
function kept({ error, result, ...receipt }: Receipt, redact: Redact): Receipt {
  const output = result?.['program.output']
  return {
    ...receipt,
    error: error === null ? null : redact(error),
    result: typeof output === 'string' ? { ...result, 'program.output': redact(output) } : result,
  }
}

/** The same value with every text in it redacted. */
function said<T>(value: T, redact: Redact): T {
  if (typeof value === 'string') return redact(value) as T
  if (Array.isArray(value)) return value.map((one: unknown) => said(one, redact)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, said(one, redact)])) as T
}
