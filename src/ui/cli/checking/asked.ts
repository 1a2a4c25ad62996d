import type { Session } from '../../../engine/ports/hosts.ts'
import type { HostError } from '../../../wire/messages.ts'
import { known } from '../../../wire/reading.ts'
import type { Question } from './questions.ts'

/** What came of one question. `ok`: the answer is what the schema promises; `invalid`: it is something else; `failed`: the host answered with
 *  an error; `lost`: nothing came. */
export interface Asked {
  readonly operation: string
  readonly about: string
  readonly result: 'ok' | 'invalid' | 'failed' | 'lost' | 'left out'
  readonly milliseconds: number
  /** Why it is not ok, in words; the host's own where it failed. */
  readonly why: string | null
  /** Values that the host could not read, with its reasons. */
  readonly unreadable: readonly { readonly field: string; readonly why: string }[]
  readonly error: HostError | null
  readonly facts: unknown
}

/** Asks the questions one after the other and tells each answer as soon as it came; ends early when the session is lost. */
export async function askAll(
  session: Session,
  questions: Generator<Question, void, unknown>,
  signal: AbortSignal,
  tell: (asked: Asked) => void,
): Promise<readonly Asked[]> {
  const all: Asked[] = []
  for (let next = questions.next(); next.done !== true;) {
    const asked = await askOne(session, next.value, signal)
    all.push(asked)
    tell(asked)
    if (asked.result === 'lost') break
    next = questions.next(asked.result === 'ok' ? asked.facts : undefined)
  }
  return all
}

async function askOne(session: Session, question: Question, signal: AbortSignal): Promise<Asked> {
  const { op: operation, about } = question
  const made = (result: Asked['result'], milliseconds: number, rest: Partial<Asked>): Asked => {
    return { operation, about, result, milliseconds, why: null, unreadable: [], error: null, facts: null, ...rest }
  }
  if ('leftOut' in question) return made('left out', 0, { why: question.leftOut })
  const begun = performance.now()
  const answer = await session.request(question.op, question.args, undefined, signal)
  const took = Math.round(performance.now() - begun)
  switch (answer.is) {
    case 'facts':
      return made('ok', took, { facts: answer.facts, unreadable: unreadableIn(answer.facts) })
    case 'misfit':
      return made('invalid', took, { why: `${answer.field}: ${answer.problem}`, facts: answer.said ?? null })
    case 'refused':
      return made('failed', took, { why: wordsOf(answer.error), error: answer.error })
    case 'lost':
      return made('lost', took, { why: answer.detail })
  }
}

function wordsOf({ kind, message, hresult, returnCode }: HostError): string {
  const code = returnCode ?? hresult
  return `${message}${code === null ? '' : ` (${String(code)})`}${kind === 'internal' ? '' : ` [${kind}]`}`
}

function unreadableIn(facts: unknown, field = ''): Asked['unreadable'] {
  if (typeof facts !== 'object' || facts === null) return []
  if (!known(facts)) return [{ field, why: String((facts as { unknown: unknown }).unknown) }]
  return Object.entries(facts).flatMap(([key, value]) => unreadableIn(value, field === '' ? key : `${field}.${key}`))
}
