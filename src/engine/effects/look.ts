import { faultOf, type FaultRecord } from '../../faults/fault.ts'
import type { Ask } from '../../procedure/asking.ts'
import type { RunContext } from '../../procedure/chart/context.ts'
import type { Looked, LookInput } from '../../procedure/chart/signals.ts'
import { stageAt } from '../../procedure/stages.ts'
import { operations } from '../../wire/operations/catalogue.ts'
import { answersTo, type Read } from '../answers.ts'
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
  return await answersTo(probe, (ask) => read(ask, connections, signal))
}

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
