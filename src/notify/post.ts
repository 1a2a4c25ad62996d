import type { Attempt } from './attempt.ts'

/** Answers that may be another one later: RFC 9110 15.5.9, RFC 6585 4, and what servers say of themselves. */
const PASSING = [408, 425, 429]

/** One POST. Redirections are not followed: a signed body goes where it was meant to or nowhere. Rejects when nothing answers in time. */
export async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  timeoutMs: number,
): Promise<Attempt> {
  const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
  await answer.body?.cancel()
  const { ok, status } = answer
  return { ok, final: !ok && status < 500 && !PASSING.includes(status), says: `HTTP ${status}` }
}
