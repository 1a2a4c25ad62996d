import { faultOf } from '../faults/fault.ts'
import type { Ask, Probe } from '../procedure/asking.ts'
import type { Looked } from '../procedure/chart/signals.ts'
import type { TargetPart } from '../wire/operations/target-state.ts'
import { answersTo, type Read } from './answers.ts'
import { faultOfAnswer } from './effects/hostFault.ts'
import type { Hosts, Session } from './ports/hosts.ts'

/** Answers a forecast's probes with live facts until it is done. Reads only: its sessions carry fence 0, which no act may use. Each fact is
 *  read once, so that the whole forecast rests on one picture of the farm. Rejects when the signal aborts. */
export async function survey<R>(hosts: Hosts, foresee: Generator<Probe, R, Looked>, signal: AbortSignal): Promise<R> {
  const reader = new Reader(hosts, signal)
  try {
    for (let step = foresee.next(); ;) {
      if (step.done === true) return step.value
      const looked = await reader.look(step.value)
      signal.throwIfAborted()
      step = foresee.next(looked)
    }
  } finally {
    await reader.close()
  }
}

class Reader {
  readonly #hosts: Hosts
  readonly #signal: AbortSignal
  readonly #sessions = new Map<string, Promise<Session>>()
  readonly #reads = new Map<string, { readonly request: Ask; readonly read: Promise<Read> }>()

  constructor(hosts: Hosts, signal: AbortSignal) {
    this.#hosts = hosts
    this.#signal = signal
  }

  look(probe: Probe): Promise<Looked> {
    return answersTo(probe, (request) => this.#read(request))
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.#sessions.values()].map((opening) =>
        opening.then(
          (one) => one.close(),
          () => undefined,
        ),
      ),
    )
  }

  /** A target that was asked for more parts has answered for fewer, unless it refused one of them. */
  #read(request: Ask): Promise<Read> {
    const same = this.#reads.get(JSON.stringify(request))
    if (same !== undefined) return same.read
    const wider = [...this.#reads.values()].find(({ request: earlier }) => covers(earlier, request))
    const isRefused = (read: Read) => read.is === 'missing' && read.fault.code === 'HOST_REFUSED'
    const read =
      wider === undefined ? this.#ask(request) : wider.read.then((answer) => (isRefused(answer) ? this.#ask(request) : answer))
    this.#reads.set(JSON.stringify(request), { request, read })
    return read
  }

  async #ask(request: Ask): Promise<Read> {
    const { host, op, args } = request
    try {
      const session = await this.#session(host)
      const answer = await session.request(op, args, undefined, this.#signal)
      if (answer.is === 'facts') return { is: 'facts', facts: answer.facts }
      return { is: 'missing', fault: faultOfAnswer(host, op, answer) }
    } catch (thrown) {
      return { is: 'missing', fault: faultOf(thrown) }
    }
  }

  #session(host: string): Promise<Session> {
    const open = this.#sessions.get(host)
    if (open !== undefined) return open
    const opening = this.#hosts.open(host, { run: 'plan', owner: 'plan', fence: 0, signal: this.#signal })
    this.#sessions.set(host, opening)
    return opening
  }
}

function covers(earlier: Ask, request: Ask): boolean {
  if (earlier.host !== request.host || earlier.op !== request.op) return false
  if (request.op !== 'Get-VdpTargetState') return JSON.stringify(earlier.args) === JSON.stringify(request.args)
  const parts = ({ args }: Ask) => (args as { parts: readonly TargetPart[] }).parts
  return parts(request).every((part) => parts(earlier).includes(part))
}
