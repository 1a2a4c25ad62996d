import { randomBytes } from 'node:crypto'
import type { Session } from '../../engine/ports/hosts.ts'
import { Fault } from '../../faults/fault.ts'
import { decodeBanner } from '../../wire/banner.ts'
import { decodeFrame, encodeLine } from '../../wire/framing.ts'
import { bundleAck, refusal } from '../../wire/messages.ts'
import type { Welcome } from '../../wire/messages.ts'
import { converse } from './conversation.ts'
import type { Conversation, Heard } from './conversation.ts'
import { FIRST_LINE } from './greeting.ts'
import type { Greeting } from './greeting.ts'
import { leave } from './link.ts'
import type { Link } from './link.ts'
import { blocked, refuseUnfit } from './refuse.ts'
import { answerTo, createSession } from './requests.ts'
import { altered, anyWelcome, checkedWelcome, helloOf, notInstalled, refused } from './welcome.ts'

/** Brings a started host process to the point where it takes requests: banner, hello, agents, welcome. Rejects with a Fault and breaks
 *  the link when the host is unfit, refuses, lies about the bundle, or stays silent (`late` in the details). */
export async function openSession(link: Link, greeting: Greeting): Promise<Session> {
  const talk = converse(link, greeting.host, greeting.log)
  const { patience } = greeting
  try {
    await greeted(talk, greeting)
    const nonce = randomBytes(16).toString('hex')
    const welcomed = await introduce(talk, nonce, greeting)
    return createSession(greeting, welcomed, {
      send: (request, signal) =>
        talk.ask([encodeLine(request)], (line) => answerTo(request, line, nonce), request.deadlineMs + patience.marginMs, signal),
      close: () => leave(link, patience.closeMs),
    })
  } catch (thrown) {
    link.destroy()
    throw thrown
  }
}

async function greeted(talk: Conversation, greeting: Greeting): Promise<void> {
  const { opening, patience } = greeting
  const banner = told(await talk.ask([], decodeBanner, patience.bannerMs, opening.signal), FIRST_LINE, talk, greeting)
  refuseUnfit(greeting.host, banner)
}

async function introduce(talk: Conversation, nonce: string, greeting: Greeting): Promise<Welcome> {
  const { host, opening, bundle, patience } = greeting
  const answerOf = async <T extends { type: string }>(
    lines: readonly string[],
    what: string,
    limitMs: number,
    read: (message: unknown) => T | undefined,
  ) => {
    const accept = (line: string) => {
      const frame = decodeFrame(line, nonce)
      return frame.is === 'frame' ? (refusal.safeParse(frame.message).data ?? read(frame.message)) : undefined
    }
    const answer = told(await talk.ask(lines, accept, limitMs, opening.signal), what, talk, greeting)
    if (answer.type === 'refusal') throw refused(refusal.parse(answer), greeting)
    return answer as T
  }
  let lines = [encodeLine(helloOf(greeting, nonce))]
  for (const [n, part] of bundle.parts.entries()) {
    lines.push(part.line)
    const ack = await answerOf(lines, `its receipt for part ${n} of the agents`, patience.partMs, (message) => {
      const read = bundleAck.safeParse(message)
      return read.data?.n === n ? read.data : undefined
    })
    if (ack.sha256 !== part.sha256) throw altered(host, n)
    lines = []
  }
  const said = await answerOf(lines, 'its welcome', patience.welcomeMs, (message) => anyWelcome.safeParse(message).data)
  return checkedWelcome(said, greeting)
}

/** What was heard; throws INTERRUPTED, HOST_UNREACHABLE, SCRIPT_BLOCKED, or SESSION_REFUSED with `late` in the details when the host stayed
 *  silent. Of installed agents that fail before their first line, AGENTS_NOT_INSTALLED. */
export function told<T>(heard: Heard<T>, what: string, talk: Conversation, greeting: Greeting): T {
  const { host } = greeting
  if (heard.is === 'heard') return heard.value
  if (heard.reason === 'cancelled') throw new Fault('INTERRUPTED', { host })
  const why = `${heard.detail} before ${what}`
  const end = talk.end()
  if (heard.reason === 'link' && end?.by !== 'exit') throw new Fault('HOST_UNREACHABLE', { host, why })
  const halted = blocked(host, heard.detail)
  if (halted !== undefined) throw halted
  if (end?.by === 'exit' && end.code !== 0 && greeting.installed !== undefined && what === FIRST_LINE)
    throw notInstalled(greeting, heard.detail)
  if (heard.reason === 'link') throw new Fault('SESSION_REFUSED', { host, why })
  throw new Fault('SESSION_REFUSED', { host, why: `${heard.detail}: ${what} did not come`, late: true })
}
