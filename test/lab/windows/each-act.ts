import type { AgentCall } from '../../../src/lab/windows/front.ts'
import { isChange, isReceipt } from './kill-points.ts'

/** Where an act is ended: its receipt written and nothing done yet, or right after the first thing that it did. */
export type Moment = 'begun' | 'acted'

interface Kept {
  readonly op: string
  readonly ended?: string | null
}

/** Ends the process of every act of a run once, at the same moment of each: the first time that its operation is asked for. */
export class EachActOnce {
  readonly killed: string[] = []
  /** Nothing is killed before this is set. */
  armed = false
  readonly #at: Moment
  readonly #underWay = new Map<string, string>()

  constructor(at: Moment) {
    this.#at = at
  }

  readonly around = async (call: AgentCall, proceed: () => unknown): Promise<unknown> => {
    if (!this.armed) return await proceed()
    if (isReceipt(call)) {
      const begun = begunIn(call.args)
      if (begun === undefined || this.killed.includes(begun)) this.#underWay.delete(call.host)
      else this.#underWay.set(call.host, begun)
    }
    const op = this.#underWay.get(call.host)
    if (op === undefined || (this.#at === 'acted' && !isDeed(call))) return await proceed()
    this.killed.push(op)
    this.#underWay.delete(call.host)
    await proceed()
    call.kill()
    return await new Promise(() => undefined)
  }
}

/** The operation whose receipt has no end yet. */
function begunIn(args: unknown): string | undefined {
  const given = args as { readonly value?: string; readonly text?: string }
  const { receipts } = JSON.parse(given.value ?? given.text ?? '{}') as { readonly receipts?: readonly Kept[] }
  return receipts?.findLast(({ ended }) => ended === undefined || ended === null)?.op
}

/** Whether a call does something of what the act is for: a note that it is about to be done is none. */
function isDeed(call: AgentCall): boolean {
  return isChange(call) && call.name !== 'registry.volatile'
}
