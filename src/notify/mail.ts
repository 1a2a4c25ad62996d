import { createTransport } from 'nodemailer'
import type { Notice } from '../report/events/notice.ts'
import type { NotifySettings } from '../workflow/settings.ts'
import type { Attempt } from './attempt.ts'

const HEADS = { held: 'held', failed: 'failed', done: 'done', test: 'test' } as const

/** Hands one mail to the SMTP server. With `starttls` nothing is said in the clear where the server does not offer it. Rejects when the server
 *  refuses for now or does not answer in time. */
export async function sendMail(
  mail: NonNullable<NotifySettings['mail']>,
  password: string | null,
  notice: Notice,
  id: string,
  timeoutMs: number,
): Promise<Attempt> {
  const transport = createTransport({
    host: mail.host,
    port: mail.port,
    secure: mail.tls === 'implicit',
    requireTLS: mail.tls === 'starttls',
    ignoreTLS: mail.tls === 'none',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    ...(mail.auth === null || password === null ? {} : { auth: { user: mail.auth.user, pass: password } }),
  })
  try {
    const sent = await transport.sendMail({
      from: mail.from,
      to: [...mail.to],
      subject: `[vdiskprep] ${HEADS[notice.kind]}: ${notice.title}${notice.code === null ? '' : `, ${notice.code}`}`,
      text: textOf(notice),
      messageId: `<${id}@${domainOf(mail.from)}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    return { ok: true, final: true, says: sent.response }
  } catch (thrown) {
    const code = thrown instanceof Error && 'responseCode' in thrown ? Number(thrown.responseCode) : 0
    // RFC 5321 4.2.1: answers of the fives stay as they are.
    if (code >= 500) return { ok: false, final: true, says: (thrown as Error).message }
    throw thrown
  } finally {
    transport.close()
  }
}

function textOf({ title, run, says, effect, next, at }: Notice): string {
  const ways = next.length === 0 ? [] : ['', 'Next:', ...next.map((line) => `  ${line}`)]
  return [`${title} (run ${run}), ${at}`, '', says, ...(effect === null ? [] : [effect]), ...ways, ''].join('\n')
}

function domainOf(address: string): string {
  return /@([\w.-]+)/.exec(address)?.[1] ?? 'vdiskprep.invalid'
}
