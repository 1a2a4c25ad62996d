import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Opening, Session } from '../../engine/ports/hosts.ts'
import { Fault } from '../../faults/fault.ts'
import { decodeBanner } from '../../wire/banner.ts'
import { decodeFrame, encodeLine } from '../../wire/framing.ts'
import { bundleAck, PROTOCOL, refusal, welcome } from '../../wire/messages.ts'
import type { Hello, Refusal, Welcome } from '../../wire/messages.ts'
import type { Role } from '../../wire/operations/catalogue.ts'
import type { RemoteLog } from '../log.ts'
import type { Bundle } from './bundle.ts'
import { converse } from './conversation.ts'
import type { Conversation, Heard } from './conversation.ts'
import type { Link } from './link.ts'
import { firstProblem } from './misfit.ts'
import type { Patience } from './patience.ts'
import { refuseUnfit } from './refuse.ts'
import { createSession } from './requests.ts'

/** What a session is opened with: who answers, for whom, and the agents it gets. */
export interface Greeting {
  readonly host: string
  readonly role: Role
  readonly opening: Opening
  readonly bundle: Bundle
  readonly patience: Patience
  readonly log: RemoteLog
}

/** Brings a started host process to the point where it takes requests: banner, hello, agents, welcome. Rejects with a Fault and breaks
 *  the link when the host is unfit, refuses, lies about the bundle, or stays silent. */
export async function openSession(link: Link, greeting: Greeting): Promise<Session> {
  const talk = converse(link, greeting.host, greeting.log)
  try {
    await greeted(talk, greeting)
    const nonce = randomBytes(16).toString('hex')
    const welcomed = await introduce(talk, nonce, greeting)
    return createSession({ link, talk, nonce, welcome: welcomed, ...greeting })
  } catch (thrown) {
    link.destroy()
    throw thrown
  }
}

async function greeted(talk: Conversation, { host, opening, patience }: Greeting): Promise<void> {
  const banner = told(await talk.ask([], decodeBanner, patience.bannerMs, opening.signal), 'its first line', talk, host)
  refuseUnfit(host, banner)
}

async function introduce(talk: Conversation, nonce: string, greeting: Greeting): Promise<Welcome> {
  const { host, opening, bundle, patience } = greeting
  const answerOf = async <T>(
    lines: readonly string[],
    what: string,
    limitMs: number,
    read: (message: unknown) => T | undefined,
  ) => {
    const accept = (line: string) => {
      const frame = decodeFrame(line, nonce)
      return frame.is === 'frame' ? (refusal.safeParse(frame.message).data ?? read(frame.message)) : undefined
    }
    const answer = told(await talk.ask(lines, accept, limitMs, opening.signal), what, talk, host)
    if (isRefusal(answer)) throw refused(answer, greeting)
    return answer
  }
  let lines = [encodeLine(helloOf(greeting, nonce))]
  for (const [n, part] of bundle.parts.entries()) {
    lines.push(part.line)
    const ack = await answerOf(lines, `its receipt for part ${n} of the agents`, patience.partMs, (message) => {
      const read = bundleAck.safeParse(message)
      return read.data?.n === n ? read.data : undefined
    })
    if (ack.sha256 !== part.sha256) throw new Fault('SESSION_REFUSED', { host, why: `part ${n} of the agents arrived altered` })
    lines = []
  }
  const said = await answerOf(lines, 'its welcome', patience.welcomeMs, (message) => anyWelcome.safeParse(message).data)
  if (said.protocol !== PROTOCOL) throw new Fault('PROTOCOL_MISMATCH', { host, theirs: said.protocol, ours: PROTOCOL })
  const read = welcome.safeParse(said)
  if (!read.success) throw new Fault('SESSION_REFUSED', { host, why: `its welcome does not fit: ${firstProblem(read.error)}` })
  if (read.data.agents !== bundle.sha256) throw new Fault('SESSION_REFUSED', { host, why: 'it runs other agents than were sent' })
  return read.data
}

/** A welcome of any version: its number is judged before its shape. */
const anyWelcome = z.looseObject({ type: z.literal('welcome'), protocol: z.int() })

function helloOf({ role, opening, bundle }: Greeting, nonce: string): Hello {
  const { run, owner, fence } = opening
  const agents = { sha256: bundle.sha256, parts: bundle.parts.length }
  return { type: 'hello', protocol: PROTOCOL, nonce, role, run, owner, fence, bundle: agents }
}

function isRefusal(message: unknown): message is Refusal {
  return (message as { type: string }).type === 'refusal'
}

function refused({ protocol, error }: Refusal, { host, opening }: Greeting): Fault {
  if (error.kind === 'fenced') return new Fault('FENCED', { host, run: opening.run })
  if (protocol !== PROTOCOL) return new Fault('PROTOCOL_MISMATCH', { host, theirs: protocol, ours: PROTOCOL })
  return new Fault('SESSION_REFUSED', { host, why: error.message })
}

function told<T>(heard: Heard<T>, what: string, talk: Conversation, host: string): T {
  if (heard.is === 'heard') return heard.value
  if (heard.reason === 'cancelled') throw new Fault('INTERRUPTED', { host })
  const why = `${heard.detail} before ${what}`
  if (heard.reason === 'link' && talk.end()?.by !== 'exit') throw new Fault('HOST_UNREACHABLE', { host, why })
  throw new Fault('SESSION_REFUSED', { host, why: heard.reason === 'deadline' ? `${heard.detail}: ${what} did not come` : why })
}
