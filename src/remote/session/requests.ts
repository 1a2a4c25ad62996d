import { z } from 'zod'
import type { Answer, Opening, Session } from '../../engine/ports/hosts.ts'
import { decodeFrame, encodeLine } from '../../wire/framing.ts'
import { reply } from '../../wire/messages.ts'
import type { Reply, Request, Welcome } from '../../wire/messages.ts'
import { operations } from '../../wire/operations/catalogue.ts'
import type { FactsOf, OperationName } from '../../wire/operations/catalogue.ts'
import type { RemoteLog } from '../log.ts'
import type { Conversation } from './conversation.ts'
import type { Link } from './link.ts'
import { misfit } from './misfit.ts'
import type { Patience } from './patience.ts'

/** What a welcomed session needs to take requests. */
export interface Welcomed {
  readonly host: string
  readonly opening: Opening
  readonly link: Link
  readonly talk: Conversation
  readonly nonce: string
  readonly welcome: Welcome
  readonly patience: Patience
  readonly log: RemoteLog
}

/** A session that takes one request at a time; others wait for their turn, and their limit starts with it. */
export function createSession(welcomed: Welcomed): Session {
  const { host, link, opening, patience } = welcomed
  let turn: Promise<unknown> = Promise.resolve()
  let id = 0
  return {
    host,
    welcome: welcomed.welcome,
    request(op, args, act, signal) {
      const checked = operations[op].args.safeParse(args)
      if (!checked.success) return Promise.resolve(misfit(op, 'args', checked.error))
      const deadlineMs = patience.limitMs(op)
      const request: Request = {
        type: 'request',
        id: ++id,
        op,
        args: checked.data,
        fence: opening.fence,
        effect: act?.effect ?? null,
        deadlineMs,
      }
      const answer = turn.then(() => exchange<typeof op>(welcomed, request, signal))
      turn = answer
      return answer
    },
    async close() {
      link.end()
      const late = setTimeout(() => link.destroy(), patience.closeMs)
      await link.ended
      clearTimeout(late)
    },
  }
}

async function exchange<O extends OperationName>(
  { talk, nonce, patience, host, log }: Welcomed,
  request: Request & { op: string },
  signal: AbortSignal | undefined,
): Promise<Answer<FactsOf<O>>> {
  const accept = (line: string) => answerTo(request, line, nonce)
  const heard = await talk.ask([encodeLine(request)], accept, request.deadlineMs + patience.marginMs, signal)
  if (heard.is === 'nothing') return { is: 'lost', reason: heard.reason, sent: heard.sent, detail: heard.detail }
  if (!heard.value.success) return misfit(request.op, 'reply', heard.value.error)
  const { data } = heard.value
  for (const detail of data.log) log({ host, event: request.op, detail })
  if (!data.ok) return { is: 'refused', error: data.error }
  const facts = operations[request.op as O].facts.safeParse(data.facts)
  return facts.success ? { is: 'facts', facts: facts.data as FactsOf<O> } : misfit(request.op, 'facts', facts.error)
}

const replyTo = z.looseObject({ type: z.literal('reply'), id: z.int() })

/** The reply to this request when the line is one: of this session by its nonce, of this request by its id. */
function answerTo(request: Request, line: string, nonce: string): z.ZodSafeParseResult<Reply> | undefined {
  const frame = decodeFrame(line, nonce)
  if (frame.is !== 'frame' || replyTo.safeParse(frame.message).data?.id !== request.id) return undefined
  return reply.safeParse(frame.message)
}
