import type { Answer, Hosts, Opening, Session } from '../../src/engine/ports/hosts.ts'
import { Fault } from '../../src/faults/fault.ts'
import type { AgentHost } from '../../src/lab/agent/agent-host.ts'
import { openSession, type AgentSession } from '../../src/lab/agent/session.ts'
import { refuseUnfit } from '../../src/remote/session/refuse.ts'
import { decodeBanner } from '../../src/wire/banner.ts'
import { decodeFrame, encodeLine } from '../../src/wire/framing.ts'
import { PROTOCOL, type Refusal, type Reply, type Welcome } from '../../src/wire/messages.ts'
import { HERE } from '../../src/wire/here.ts'
import { operations, type OperationName } from '../../src/wire/operations/catalogue.ts'
import { sessionHere } from './here.ts'
import type { Program } from './program.ts'

/** How the way to a host fails at one request.
 *  before: it is lost on its way. after: the answer is lost. midway: the link is cut while the host works. silent: neither side hears of
 *  it. late: the answer takes its time. astray: the link is cut and the request arrives all the same, later. outage: so, and meanwhile nobody
 *  reaches the host. */
export type LinkFaultKind = 'before' | 'after' | 'midway' | 'silent' | 'late' | 'astray' | 'outage'

export interface LinkFault {
  /** The n-th act, or the n-th request of any kind. */
  readonly of: 'acts' | 'requests'
  readonly at: number
  readonly is: LinkFaultKind
  /** Real milliseconds. */
  readonly ms: number
  /** Counts only requests that a run makes while it stands at this place. */
  readonly in?: string
}

/** The faults of the way, with how many requests have gone it. */
export interface Way {
  faults: readonly LinkFault[]
  readonly gone: Record<LinkFault['of'], number>
  /** The same for each fault that is tied to a place. */
  readonly goneIn: Map<LinkFault, number>
  /** Where a run stands. */
  place(run: string): string | undefined
  /** Until when a host is out of reach, by its name. */
  readonly out: Map<string, number>
  told(what: string): void
}

const NONCE = '0123456789abcdef0123456789abcdef'
const AGENTS = '0'.repeat(64)
/** What a request's own limit is prolonged by for the way, in real milliseconds. */
const MARGIN_MS = 15_000

/** By then a silent link is known to be dead, however long the request may take. */
const KEEPALIVE_MS = 40_000

/** The hosts of a lab for one program, without sockets: its requests go straight into the lab's agent sessions. */
export function directHosts(agents: ReadonlyMap<string, AgentHost>, program: Program, way: Way, lines: Set<Line>): Hosts {
  return {
    async open(host, opening) {
      await program.pass(`open ${host}`)
      const agent = agents.get(host)
      if (host === HERE && agent !== undefined) return sessionHere(agent, program, opening)
      agent?.farm.time.settle()
      const out = (way.out.get(host) ?? 0) > program.kernel.now
      if (agent === undefined || agent.alive() === null || out)
        throw new Fault('HOST_UNREACHABLE', { host, why: 'nobody answers' })
      const line = new Line(agent, program, way)
      lines.add(line)
      program.onDeath.push(() => line.cut('the program ended'))
      const session = line.greet(host, opening)
      await program.pass(`opened ${host}`)
      return session
    },
    close: () => Promise.resolve(),
  }
}

/** One connection to one agent session. */
export class Line {
  readonly agent: AgentHost
  readonly #program: Program
  readonly #way: Way
  readonly #session: AgentSession
  #heard: ((message: unknown) => void) | null = null
  #over: string | null = null
  #lose: ((detail: string) => void) | null = null
  #banner = ''
  #early: unknown[] = []
  #turn: Promise<unknown> = Promise.resolve()
  #id = 0
  #run = ''

  constructor(agent: AgentHost, program: Program, way: Way) {
    this.agent = agent
    this.#program = program
    this.#way = way
    this.#session = openSession(agent, {
      send: (text) => this.#receive(text),
      complain: () => undefined,
      exit: () => this.#break('the process on the host ended'),
      breakLink: () => this.cut('the link broke'),
    })
  }

  /** Hello and welcome, without the agents' text. Throws the Fault of a host that is unfit or has accepted a higher fence. */
  greet(host: string, opening: Opening): Session {
    const banner = decodeBanner(this.#banner)
    if (banner !== undefined) refuseUnfit(host, banner)
    const { run, owner, fence } = opening
    this.#run = run
    const hello = { type: 'hello', protocol: PROTOCOL, nonce: NONCE, role: this.agent.role, run, owner, fence }
    // No part follows: which agents a host runs is no matter of this simulation.
    this.#session.line(encodeLine({ ...hello, bundle: { sha256: AGENTS, parts: 0 } }))
    const said = this.#early.shift() as Welcome | Refusal | undefined
    if (said === undefined) throw new Fault('HOST_UNREACHABLE', { host, why: this.#over ?? 'it says nothing' })
    if (said.type === 'refusal')
      throw new Fault(said.error.kind === 'fenced' ? 'FENCED' : 'SESSION_REFUSED', { host, run, why: said.error.message })
    return {
      host,
      welcome: said,
      request: (op, args, act, signal) => {
        const answer = this.#turn.then(() => this.#exchange(op, args, act?.effect ?? null, fence, signal))
        this.#turn = answer
        return answer as never
      },
      close: () => {
        if (this.#over === null) this.#session.eof()
        this.#break('closed')
        return Promise.resolve()
      },
    }
  }

  /** Both ends hear that the way is broken. */
  cut(detail: string): void {
    this.#break(detail)
    this.#session.lost()
  }

  async #exchange(
    op: OperationName,
    args: unknown,
    effect: string | null,
    fence: number,
    signal?: AbortSignal,
  ): Promise<Answer<unknown>> {
    const program = this.#program
    await program.pass(`before ${op}`)
    if (this.#over !== null) return { is: 'lost', reason: 'link', sent: false, detail: this.#over }
    if (signal?.aborted === true) return { is: 'lost', reason: 'cancelled', sent: false, detail: 'cancelled before it was sent' }
    const deadlineMs = operations[op].seconds * 1000
    const request = { type: 'request', id: ++this.#id, op, args, fence, effect, deadlineMs }
    const fault = this.#faultOf(effect)
    if (fault !== undefined) this.#way.told(`${this.agent.name} ${op}: ${fault.is}`)
    const reply = await this.#ask(encodeLine(request), fault, deadlineMs + MARGIN_MS, signal)
    await program.pass(`after ${op}`)
    if (typeof reply === 'string') return { is: 'lost', reason: reply === 'deadline' ? reply : 'link', sent: true, detail: reply }
    return reply.ok ? { is: 'facts', facts: reply.facts } : { is: 'refused', error: reply.error }
  }

  #ask(line: string, fault: LinkFault | undefined, limitMs: number, signal?: AbortSignal): Promise<Reply | string> {
    const { kernel } = this.#program
    const real = (ms: number) => ms * kernel.speed
    return new Promise((resolve) => {
      let settled = false
      const settle = (reply: Reply | string) => {
        settled = true
        cancel()
        signal?.removeEventListener('abort', aborted)
        this.#heard = this.#lose = null
        resolve(reply)
      }
      const fail = (detail: string) => {
        if (settled) return
        settle(detail)
        this.cut(detail)
      }
      const aborted = () => fail('cancelled while waiting for the host')
      const cancel =
        fault?.is === 'silent' && limitMs > 2 * KEEPALIVE_MS
          ? kernel.after(real(KEEPALIVE_MS), () => fail('the link is dead'))
          : kernel.after(real(limitMs), () => fail('deadline'))
      signal?.addEventListener('abort', aborted, { once: true })
      this.#lose = settle
      this.#heard = (message) => {
        if (fault?.is === 'silent') return
        if (fault?.is === 'after') {
          fail('the link broke before the answer')
          return
        }
        kernel.after(real(fault?.is === 'late' ? fault.ms : kernel.below(3)), () => {
          if (!settled) settle(message as Reply)
        })
      }
      switch (fault?.is) {
        case 'before':
          return void kernel.after(real(fault.ms), () => fail('the link broke'))
        case 'midway':
          kernel.after(real(fault.ms), () => fail('the link broke'))
          break
        case 'outage':
        case 'astray':
          if (fault.is === 'outage') this.#way.out.set(this.agent.name, kernel.now + real(fault.ms * 10))
          this.#break('the link broke')
          return void kernel.after(real(fault.ms), () => {
            this.#session.line(line)
            kernel.after(real(60_000), () => this.#session.lost())
          })
        default:
      }
      this.#session.line(line)
    })
  }

  #faultOf(effect: string | null): LinkFault | undefined {
    const { gone, faults } = this.#way
    gone.requests += 1
    if (effect !== null) gone.acts += 1
    return faults.find((fault) => {
      const { of, at } = fault
      if (of === 'acts' && effect === null) return false
      return (fault.in === undefined ? gone[of] : this.#goneIn(fault)) === at
    })
  }

  #goneIn(fault: LinkFault): number {
    if (this.#way.place(this.#run) !== fault.in) return 0
    const gone = (this.#way.goneIn.get(fault) ?? 0) + 1
    this.#way.goneIn.set(fault, gone)
    return gone
  }

  #receive(text: string): void {
    for (const line of text.split('\n')) {
      if (line === '') continue
      const frame = decodeFrame(line, NONCE)
      if (frame.is !== 'frame') this.#banner ||= line
      else if (this.#over !== null) continue
      else if (this.#heard === null) this.#early.push(frame.message)
      else this.#heard(frame.message)
    }
  }

  #break(detail: string): void {
    if (this.#over !== null) return
    this.#over = detail
    this.#lose?.(detail)
  }
}
