import { createHash } from 'node:crypto'
import { z } from 'zod'

/** Version of the files in the folder that travels; Ask.ps1 writes and reads the same. */
const FORM = z.literal(1)

const nonce = z.string().regex(/^[0-9a-f]{32}$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A question as its file holds it. `lines` is the stdin of one process on the host: the hello and the request. `sha256` finds what was
 *  damaged on the way; who wants to change a file can make a new one, so it proves nothing against intent. */
const question = z.strictObject({
  form: FORM,
  id: nonce,
  n: z.int().positive(),
  run: z.string(),
  host: z.string(),
  /** Names by which the machine may call itself. */
  computers: z.array(z.string()),
  /** The folder under agents/ that answers. */
  agents: z.string(),
  act: z.boolean(),
  /** The highest fence that the run had when it was asked, as far as it was known here. */
  fence: z.int().nonnegative(),
  effect: z.string().nullable(),
  does: z.string(),
  lines: z.tuple([z.string(), z.string()]),
  sha256,
})

export type Question = z.infer<typeof question>

/** An answer as its file, or a paste, holds it: what the process on the host printed. */
const answer = z.strictObject({
  form: FORM,
  id: nonce,
  host: z.string(),
  computer: z.string(),
  answered: z.string(),
  lines: z.array(z.string()),
  sha256,
})

export type HandAnswer = z.infer<typeof answer>

/** A question with its hash. */
export function sealed(open: Omit<Question, 'sha256' | 'form'>): Question {
  return { form: 1, ...open, sha256: hashOf([open.id, open.host, open.agents, open.effect ?? '', ...open.lines]) }
}

/** Reads the text of a question; undefined when it is none, or damaged. */
export function readQuestion(text: string): Question | undefined {
  const read = question.safeParse(parsed(text)).data
  return read?.sha256 === (read && sealed(read).sha256) ? read : undefined
}

/** Reads the text of an answer, or says in words why it is none; `cut` when more of it may still come. */
export function readAnswer(text: string): HandAnswer | { readonly why: string; readonly cut?: true } {
  const json = parsed(text)
  if (json === undefined) return { why: 'it is not whole, or not an answer at all', cut: true }
  const read = answer.safeParse(json)
  if (!read.success) return { why: `it does not have the form of an answer (${read.error.issues[0]?.path.join('.') ?? ''})` }
  const { id, host, computer, answered, lines, sha256: said } = read.data
  return said === hashOf([id, host, computer, answered, ...lines])
    ? read.data
    : { why: 'it was changed after it was written: its hash does not fit' }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex')
}
