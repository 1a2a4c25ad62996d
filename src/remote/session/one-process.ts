import { randomBytes } from 'node:crypto'
import type { Fault } from '../../faults/fault.ts'
import { decodeBanner } from '../../wire/banner.ts'
import { decodeFrame, encodeLine } from '../../wire/framing.ts'
import { bundleAck, refusal } from '../../wire/messages.ts'
import type { Request, Welcome } from '../../wire/messages.ts'
import { converse, MORE } from './conversation.ts'
import type { Conversation, Heard } from './conversation.ts'
import type { Link } from './link.ts'
import { FIRST_LINE } from './greeting.ts'
import type { Greeting } from './greeting.ts'
import { refuseUnfit } from './refuse.ts'
import { answerTo } from './requests.ts'
import type { Replied } from './requests.ts'
import { altered, anyWelcome, checkedWelcome, helloOf, refused } from './welcome.ts'

/** What one process said in the end. */
type Said =
  | { readonly is: 'welcome'; readonly welcome: Welcome }
  | { readonly is: 'reply'; readonly reply: Replied }
  | { readonly is: 'fault'; readonly fault: Fault }

/** A process that was given all its stdin at once, and what was heard of it; `awaited` is what it owed last. */
export interface Ran {
  readonly heard: Heard<Said>
  readonly talk: Conversation
  readonly awaited: string
}

/** Gives a started process everything it will ever be told: hello, agents, the request if there is one, and the end of stdin. Waits for the
 *  reply, without a request for the welcome; greeting and request have a limit each. */
export async function runOnce(
  link: Link,
  greeting: Greeting,
  request: Request | null,
  signal: AbortSignal | undefined,
): Promise<Ran> {
  const { host, bundle, patience, log } = greeting
  const nonce = randomBytes(16).toString('hex')
  const limits = { greeting: patience.bannerMs + patience.welcomeMs, request: (request?.deadlineMs ?? 0) + patience.marginMs }
  const late = new AbortController()
  let limit: keyof typeof limits = 'greeting'
  let timer = setTimeout(() => late.abort(), limits.greeting)
  const ear = listen(greeting, request, nonce, () => {
    clearTimeout(timer)
    limit = 'request'
    timer = setTimeout(() => late.abort(), limits.request)
  })
  const messages = [helloOf(greeting, nonce), ...(request === null ? [] : [request])].map(encodeLine)
  const lines = [messages[0] ?? '', ...bundle.parts.map((part) => part.line), ...messages.slice(1)]
  const talk = converse(link, host, log)
  const interrupted = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal])
  const answer = talk.ask(lines, ear.accept, limits.greeting + limits.request + patience.marginMs, interrupted)
  link.end()
  const heard = await answer
  clearTimeout(timer)
  const overdue = heard.is === 'nothing' && late.signal.aborted
  return {
    heard: overdue ? { ...heard, reason: 'deadline', detail: `no answer within ${limits[limit]} ms` } : heard,
    talk,
    awaited: ear.awaited(),
  }
}

/** Understands the lines of one process in their order: banner, receipts of the parts, welcome, reply. */
export function listen(greeting: Greeting, request: Request | null, nonce: string, onWelcome: (welcome: Welcome) => void) {
  const { host, bundle } = greeting
  let state: 'silent' | 'greeted' | 'welcomed' = 'silent'
  const hear = (line: string): Said | typeof MORE | undefined => {
    if (state === 'welcomed' && request !== null) {
      const reply = answerTo(request, line, nonce)
      return reply && { is: 'reply', reply }
    }
    if (state === 'silent') {
      const banner = decodeBanner(line)
      if (banner === undefined) return undefined
      refuseUnfit(host, banner)
      state = 'greeted'
      return MORE
    }
    const frame = decodeFrame(line, nonce)
    if (frame.is !== 'frame') return undefined
    const no = refusal.safeParse(frame.message).data
    if (no !== undefined && request !== null) return { is: 'reply', reply: { refusal: no.error } }
    if (no !== undefined) throw refused(no, greeting)
    const ack = bundleAck.safeParse(frame.message).data
    if (ack !== undefined && bundle.parts[ack.n]?.sha256 !== ack.sha256) throw altered(host, ack.n)
    const said = anyWelcome.safeParse(frame.message).data
    if (said === undefined) return ack && MORE
    const welcome = checkedWelcome(said, greeting)
    if (request === null) return { is: 'welcome', welcome }
    state = 'welcomed'
    onWelcome(welcome)
    return MORE
  }
  return {
    accept: (line: string): Said | typeof MORE | undefined => {
      try {
        return hear(line)
      } catch (thrown) {
        return { is: 'fault', fault: thrown as Fault }
      }
    },
    awaited: () => ({ silent: FIRST_LINE, greeted: 'its welcome', welcomed: 'its reply' })[state],
  }
}
