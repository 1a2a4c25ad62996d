import type { Delivery } from '../report/events/notifier.ts'
import type { Notice } from '../report/events/notice.ts'
import type { SecretRef } from '../workflow/inventory.ts'
import type { NotifySettings, Occasion } from '../workflow/settings.ts'
import { adaptiveCard } from './adaptive-card.ts'
import type { Attempt } from './attempt.ts'
import { post } from './post.ts'
import { signed } from './signature.ts'

/** What a delivery needs of the machine. `pausesMs` are the waits between attempts: there is one attempt more than pauses. */
export interface NotifyRim {
  readonly settings: NotifySettings
  readonly secrets: { read(reference: SecretRef, of: string): Promise<string> }
  readonly diary: { info(message: string, about: unknown): void }
  readonly pausesMs: readonly number[]
  /** How long one attempt may take. */
  readonly attemptMs: number
}

interface Channel {
  readonly name: string
  readonly on: readonly Occasion[]
  readonly attempt: (notice: Notice, id: string) => Promise<Attempt>
}

/** Tells every channel that wants to know of it. Resolves when each has taken it or was given up; never rejects. A test goes to all. */
export async function deliver(notice: Notice, id: string, rim: NotifyRim): Promise<readonly Delivery[]> {
  const { kind } = notice
  const wanting = channelsOf(rim).filter(({ on }) => kind === 'test' || on.includes(kind))
  const about = { run: notice.run, kind, id }
  return await Promise.all(wanting.map(({ name, attempt }) => persist(name, () => attempt(notice, id), about, rim)))
}

/** Tries until it is taken, cannot be taken, or patience ends; the diary has what came of it. Never rejects. */
export async function persist(
  channel: string,
  attempt: () => Promise<Attempt>,
  about: Readonly<Record<string, unknown>>,
  rim: Pick<NotifyRim, 'diary' | 'pausesMs'>,
): Promise<Delivery> {
  for (let attempts = 1; ; attempts += 1) {
    const one = await attempt().catch((thrown: unknown) => ({ ok: false, final: isLasting(thrown), says: reasonOf(thrown) }))
    const pause = rim.pausesMs[attempts - 1]
    if (one.ok || one.final || pause === undefined) {
      const told = { channel, ok: one.ok, attempts, says: one.says }
      rim.diary.info(one.ok ? 'notified' : 'not notified', { ...about, ...told })
      return told
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

function channelsOf({ settings, secrets, attemptMs }: NotifyRim): readonly Channel[] {
  const { webhook, teams, mail } = settings
  const json = { 'content-type': 'application/json' }
  return [
    ...(webhook === undefined
      ? []
      : [
          {
            name: 'webhook',
            on: webhook.on,
            attempt: async (notice: Notice, id: string) => {
              const body = JSON.stringify(notice)
              const key = await secrets.read(webhook.secret, 'the webhook')
              const headers = { ...json, 'x-vdiskprep-delivery': id, ...signed(body, key, Math.floor(Date.now() / 1000)) }
              return await post(webhook.url, headers, body, attemptMs)
            },
          },
        ]),
    ...(teams === undefined
      ? []
      : [
          {
            name: 'teams',
            on: teams.on,
            attempt: async (notice: Notice) =>
              await post(await secrets.read(teams.url, 'Teams'), json, JSON.stringify(adaptiveCard(notice)), attemptMs),
          },
        ]),
    ...(mail === undefined
      ? []
      : [
          {
            name: 'mail',
            on: mail.on,
            attempt: async (notice: Notice, id: string) => {
              const password = mail.auth === null ? null : await secrets.read(mail.auth.password, mail.host)
              return await (await import('./mail.ts')).sendMail(mail, password, notice, id, attemptMs)
            },
          },
        ]),
  ]
}

/** A secret that cannot be read now cannot be read a second later. */
function isLasting(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'SECRET_MISSING'
}

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  const details = 'details' in thrown ? (thrown.details as { why?: unknown; reference?: unknown }) : {}
  if (typeof details.why === 'string') return `${String(details.reference)}: ${details.why}`
  const cause = thrown.cause instanceof Error ? thrown.cause : thrown
  return 'code' in cause ? `${String(cause.code)}: ${cause.message}` : cause.message
}
