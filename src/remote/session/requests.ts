import { z } from 'zod'
import type { Answer, Session } from '../../engine/ports/hosts.ts'
import { decodeFrame } from '../../wire/framing.ts'
import { reply } from '../../wire/messages.ts'
import type { HostError, Reply, Request, Welcome } from '../../wire/messages.ts'
import { operations } from '../../wire/operations/catalogue.ts'
import type { FactsOf, OperationName } from '../../wire/operations/catalogue.ts'
import type { Heard } from './conversation.ts'
import { misfit } from './misfit.ts'
import type { Greeting } from './greeting.ts'

/** The reply to a request as it came, which may not fit; or a host's refusal to hear it at all. */
export type Replied = z.ZodSafeParseResult<Reply> | { readonly refusal: HostError }

/** How the requests of a session reach the host. */
export interface Way {
  send(request: Request, signal: AbortSignal | undefined): Promise<Heard<Replied>>
  close(): Promise<void>
}

/** A session that takes one request at a time; others wait for their turn, and their limit starts with it. */
export function createSession(greeting: Greeting, welcome: Welcome, way: Way): Session {
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn: Queue = (exchange) => {
    const answer = turn.then(exchange)
    turn = answer
    return answer
  }
  return { host: greeting.host, welcome, request: requestsOf(greeting, way, inTurn), close: () => way.close() }
}

/** When an exchange begins. */
type Queue = <T>(exchange: () => Promise<T>) => Promise<T>

/** The requests of a session, numbered from 1, with arguments and facts checked against their operation. */
export function requestsOf(greeting: Greeting, way: Way, queue: Queue): Session['request'] {
  const { opening, patience } = greeting
  let id = 0
  return (op, args, act, signal) => {
    const checked = operations[op].args.safeParse(args)
    if (!checked.success) return Promise.resolve(misfit(op, 'args', checked.error))
    const deadlineMs = Math.min(patience.limitMs(op), ownLimitMs(checked.data))
    const request: Request = {
      type: 'request',
      id: ++id,
      op,
      args: checked.data,
      fence: opening.fence,
      effect: act?.effect ?? null,
      deadlineMs,
    }
    return queue(() => exchange<typeof op>(greeting, way, request, signal))
  }
}

/** A hook brings a limit of its own, after which the host stops it; the rest is for stopping it. */
function ownLimitMs(args: unknown): number {
  const { timeoutSeconds } = args as { readonly timeoutSeconds?: number }
  return timeoutSeconds === undefined ? Infinity : timeoutSeconds * 1000 + STOPPING_MS
}

const STOPPING_MS = 60_000

async function exchange<O extends OperationName>(
  { host, log }: Greeting,
  way: Way,
  request: Request & { op: string },
  signal: AbortSignal | undefined,
): Promise<Answer<FactsOf<O>>> {
  const heard = await way.send(request, signal)
  if (heard.is === 'nothing') return { is: 'lost', reason: heard.reason, sent: heard.sent, detail: heard.detail }
  if ('refusal' in heard.value) return { is: 'refused', error: heard.value.refusal }
  if (!heard.value.success) return misfit(request.op, 'reply', heard.value.error)
  const { data } = heard.value
  for (const detail of data.log) log({ host, event: request.op, detail })
  if (!data.ok) return { is: 'refused', error: data.error }
  const facts = operations[request.op as O].facts.safeParse(data.facts)
  return facts.success
    ? { is: 'facts', facts: facts.data as FactsOf<O> }
    : { ...misfit(request.op, 'facts', facts.error), said: data.facts }
}

const replyTo = z.looseObject({ type: z.literal('reply'), id: z.int() })

/** The reply to this request when the line is one: of this session by its nonce, of this request by its id. */
export function answerTo(request: Request, line: string, nonce: string): z.ZodSafeParseResult<Reply> | undefined {
  const frame = decodeFrame(line, nonce)
  if (frame.is !== 'frame' || replyTo.safeParse(frame.message).data?.id !== request.id) return undefined
  return reply.safeParse(frame.message)
}
