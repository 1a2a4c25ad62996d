import { Fault } from '../../faults/fault.ts'
import type { BootMark } from '../../procedure/reboots.ts'
import type { Settled, SettleInput } from '../../procedure/chart/signals.ts'
import type { ActReport } from '../../wire/receipt.ts'
import type { Connections } from '../connections.ts'
import { faultOfAnswer } from './hostFault.ts'

/** Finds out what became of an act in doubt: a new connection under a higher fence, so that the host starts nothing older any more, then
 *  the receipts it holds. Throws the Fault of a host that does not answer; that leaves the act in doubt. */
export async function settle(input: SettleInput, connections: Connections, signal: AbortSignal): Promise<Settled> {
  await connections.drop(input.host)
  // This machine keeps no receipts: what was begun here and not seen to end may have done anything.
  if (input.on === 'here') return { receipt: 'unfinished', result: null, boot: null }
  const { report, boot } = await receiptsOf(input, connections, signal)
  const receipt = report.receipts.findLast((one) => one.effect === connections.receipt(input.effect))
  if (receipt === undefined) return { receipt: 'none', result: null, boot }
  if (receipt.ended !== null) return { receipt: receipt.error === null ? 'ended' : 'failed', result: receipt.result, boot }
  return { receipt: receipt.alive ? 'in-flight' : 'unfinished', result: null, boot }
}

interface Kept {
  readonly report: ActReport
  /** The boot since which a target keeps receipts. */
  readonly boot: BootMark | null
}

async function receiptsOf(input: SettleInput, connections: Connections, signal: AbortSignal): Promise<Kept> {
  const { host, op, on } = input
  if (on === 'pvs') {
    const answer = await connections.request(host, 'Get-VdpServerState', {}, undefined, signal)
    if (answer.is === 'facts') return { report: answer.facts.act, boot: null }
    throw unread(host, op, answer)
  }
  const answer = await connections.request(host, 'Get-VdpTargetState', { parts: ['boot'] }, undefined, signal)
  if (answer.is === 'facts') return { report: answer.facts.act, boot: answer.facts.boot ?? null }
  throw unread(host, op, answer)
}

function unread(...answered: Parameters<typeof faultOfAnswer>): Fault {
  const fault = faultOfAnswer(...answered)
  return new Fault(fault.code, fault.details)
}
