import { Fault } from '../../faults/fault.ts'
import type { Settled, SettleInput } from '../../procedure/chart/signals.ts'
import { operations, type OperationName } from '../../wire/operations/catalogue.ts'
import type { ActReport } from '../../wire/receipt.ts'
import type { Connections } from '../connections.ts'
import { faultOfAnswer } from './hostFault.ts'

/** Finds out what became of an act in doubt: a new connection under a higher fence, so that the host starts nothing older any more, then
 *  the receipts it holds. Throws the Fault of a host that does not answer; that leaves the act in doubt. */
export async function settle(input: SettleInput, connections: Connections, signal: AbortSignal): Promise<Settled> {
  await connections.drop(input.host)
  const report = await receiptsOf(input, connections, signal)
  const receipt = report.receipts.find((one) => one.effect === input.effect)
  if (receipt === undefined) return { receipt: 'none', result: null }
  if (receipt.ended !== null) return { receipt: receipt.error === null ? 'ended' : 'failed', result: receipt.result }
  return { receipt: receipt.alive ? 'in-flight' : 'unfinished', result: null }
}

async function receiptsOf(input: SettleInput, connections: Connections, signal: AbortSignal): Promise<ActReport> {
  const { host, op } = input
  const role = op in operations ? operations[op as OperationName].role : 'target'
  const answer =
    role === 'pvs'
      ? await connections.request(host, 'Get-VdpServerState', {}, undefined, signal)
      : await connections.request(host, 'Get-VdpTargetState', { parts: ['boot'] }, undefined, signal)
  if (answer.is === 'facts') return answer.facts.act
  const fault = faultOfAnswer(host, op, answer)
  throw new Fault(fault.code, fault.details)
}
