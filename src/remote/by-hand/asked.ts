import { decodeLine } from '../../wire/framing.ts'
import { request } from '../../wire/messages.ts'
import type { Request } from '../../wire/messages.ts'
import type { Question } from './forms.ts'

/** The request that a question carries. Throws when it carries none. */
export function asked(question: Pick<Question, 'lines'>): Request {
  return request.parse(decodeLine(question.lines[1]))
}
