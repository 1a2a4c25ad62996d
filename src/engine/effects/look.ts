import { faultOf, type FaultRecord } from '../../faults/fault.ts'
import { isAsk, type Ask, type Probe } from '../../procedure/asking.ts'
import type { RunContext } from '../../procedure/chart/context.ts'
import type { Looked, LookInput } from '../../procedure/chart/signals.ts'
import { stageAt } from '../../procedure/stages.ts'
import { operations } from '../../wire/operations/catalogue.ts'
import type { Connections } from '../connections.ts'
import type { Answer } from '../ports/hosts.ts'
import { faultOfAnswer } from './hostFault.ts'

/** Reads what a stage wants to know, all hosts side by side. A host that does not answer is missing, with the reason; it never fails the look. */
export async function look(
  input: LookInput,
  context: RunContext,
  connections: Connections,
  signal: AbortSignal,
): Promise<Looked> {
  const probe = stageAt(input.place).probe({
    plan: context.plan,
    memory: context.memory,
    intent: context.stage.intent,
    end: context.stage.end,
  })
  const asked = Object.entries(probe).flatMap(([label, entry]): Wanted[] =>
    isAsk(entry) ? [{ label, name: null, ask: entry }] : Object.entries(entry).map(([name, one]) => ({ label, name, ask: one })),
  )
  const results = await Promise.all(asked.map(({ ask }) => read(ask, connections, signal)))
  return inOrder(probe, asked, results)
}

/** One thing to be read: of one host, or in a group by name. */
interface Wanted {
  readonly label: string
  readonly name: string | null
  readonly ask: Ask
}

/** What was read, in the order in which it was asked for: what is said of several hosts does not depend on who answers first. */
function inOrder(probe: Probe, asked: readonly Wanted[], results: readonly Read[]): Looked {
  const groups = new Map(Object.entries(probe).flatMap(([label, entry]) => (isAsk(entry) ? [] : [[label, {}] as const])))
  const now: Record<string, unknown> = Object.fromEntries(groups)
  const missing: Record<string, FaultRecord> = {}
  for (const [n, { label, name }] of asked.entries()) {
    const result = results[n]
    if (result?.is === 'missing') missing[name === null ? label : `${label}.${name}`] = result.fault
    else if (name === null) now[label] = result?.facts
    else Object.assign(groups.get(label) ?? {}, { [name]: result?.facts })
  }
  return { now, missing }
}

type Read = { readonly is: 'facts'; readonly facts: unknown } | { readonly is: 'missing'; readonly fault: FaultRecord }

async function read(request: Ask, connections: Connections, signal: AbortSignal): Promise<Read> {
  try {
    const answer = await connections.request(request.host, request.op, request.args, undefined, signal)
    if (answer.is === 'facts') return { is: 'facts', facts: answer.facts }
    return {
      is: 'missing',
      fault: (await downService(request, answer, connections, signal)) ?? faultOfAnswer(request.host, request.op, answer),
    }
  } catch (thrown) {
    return { is: 'missing', fault: faultOf(thrown) }
  }
}

/** A PVS server that cannot answer for its farm still tells whether its SOAP service runs: everything but that service goes through it. */
async function downService(
  { host, op }: Ask,
  answer: Exclude<Answer<unknown>, { is: 'facts' }>,
  connections: Connections,
  signal: AbortSignal,
): Promise<FaultRecord | null> {
  if (answer.is !== 'refused' || answer.error.kind !== 'native' || operations[op].role !== 'pvs') return null
  const seen = await connections.request(host, 'Get-VdpServerState', {}, undefined, signal)
  const down = seen.is === 'facts' ? seen.facts.services.find(({ state }) => state !== 'running') : undefined
  if (down === undefined) return null
  return { code: 'PVS_SERVICE_DOWN', details: { service: down.name, server: host, state: down.state } }
}
