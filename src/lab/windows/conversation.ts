import { decodeBanner, encodeBanner } from '../../wire/banner.ts'
import { decodeFrame } from '../../wire/framing.ts'
import { hello, reply, request, type Request } from '../../wire/messages.ts'
import type { OperationName } from '../../wire/operations/catalogue.ts'
import type { AgentHost } from '../agent/agent-host.ts'
import { rebootLater } from '../agent/answer.ts'
import { breakOf, lateness } from '../agent/faults-of-the-way.ts'
import { readLine } from '../agent/greeting.ts'
import type { AgentProcess } from '../agent/session.ts'

/** The stdin of a session's process. */
export interface Stdin {
  write(line: string): void
  end(): void
}

/** What travels between the client and a session's process, with the faults of the way laid around it. With `gated` a request is handed on
 *  when the one before it has been answered, as the process reads them. */
export class Conversation {
  /** The run of the session; empty before its hello. */
  run = ''
  readonly #host: AgentHost
  readonly #client: AgentProcess
  readonly #stdin: Stdin
  readonly #gated: boolean
  readonly #waiting: string[] = []
  readonly #after: (() => void)[] = []
  #nonce = ''
  #asked: Request | undefined
  #breaks: ReturnType<typeof breakOf>
  #ended = false
  #turn = Promise.resolve()

  constructor(host: AgentHost, client: AgentProcess, stdin: Stdin, gated: boolean) {
    this.#host = host
    this.#client = client
    this.#stdin = stdin
    this.#gated = gated
  }

  /** The operation under way. */
  get op(): OperationName | undefined {
    return this.#asked?.op as OperationName | undefined
  }

  /** A line of the client. */
  hear(line: string): void {
    if (line.trim() !== '') this.#waiting.push(line)
    this.#next()
  }

  /** A line of the process. */
  tell(line: string): void {
    this.#turn = this.#turn.then(() => this.#told(line))
  }

  /** The client says no more. */
  eof(): void {
    this.#ended = true
    this.#next()
  }

  /** The client is gone: what it asked for and was not begun never will be. */
  lost(): void {
    this.#waiting.length = 0
    this.#stdin.end()
  }

  /** Runs when the request under way has been answered, or the process has ended. */
  afterAnswer(happen: () => void): void {
    if (this.#asked === undefined) happen()
    else this.#after.push(happen)
  }

  /** What waited for the answer happens. */
  answered(): void {
    this.#asked = undefined
    for (const happen of this.#after.splice(0)) happen()
  }

  #next(): void {
    while (this.#waiting.length > 0 && (this.#asked === undefined || !this.#gated)) {
      const line = this.#waiting.shift() ?? ''
      this.#note(readLine(line))
      if (this.#breaks === 'before') {
        this.#client.breakLink()
        return
      }
      this.#stdin.write(`${line}\n`)
    }
    if (this.#ended && this.#waiting.length === 0) this.#stdin.end()
  }

  #note(message: unknown): void {
    const greeting = hello.safeParse(message)
    if (greeting.success) {
      this.run = greeting.data.run
      this.#nonce = greeting.data.nonce
    }
    const asked = request.safeParse(message)
    if (!asked.success) return
    this.#asked = asked.data
    this.#breaks = breakOf(this.#host, asked.data)
  }

  async #told(line: string): Promise<void> {
    const frame = decodeFrame(line, this.#nonce)
    const said = frame.is === 'frame' ? reply.safeParse(frame.message) : undefined
    const asked = this.#asked
    if (asked === undefined || said?.success !== true) {
      this.#client.send(`${this.#shown(line)}\n`)
      return
    }
    if (said.data.ok) rebootLater(this.#host, asked.op as OperationName)
    if (this.#breaks === 'after') this.#client.breakLink()
    else {
      await lateness(this.#host, asked)
      this.#client.send(`${line}\n`)
    }
    this.answered()
    this.#next()
  }

  /** The greeting as a shell of this host would write it, whoever runs the lab; other lines as they are. */
  #shown(line: string): string {
    const banner = decodeBanner(line)
    if (banner === undefined) return line
    return encodeBanner({ ...banner, elevated: true, ...this.#host.farm.mischief.banner.get(this.#host.name) }).trimEnd()
  }
}
