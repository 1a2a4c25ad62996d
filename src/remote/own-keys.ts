import type { Answer, Session } from '../engine/ports/hosts.ts'
import type { HostError } from '../wire/messages.ts'
import { ownKey } from '../wire/own-key.ts'
import type { OwnKey } from '../wire/own-key.ts'
import type { SecretRef } from '../workflow/inventory.ts'
import type { Secrets } from './secrets.ts'

/** A session that puts a site's own product key in the place of its reference at the moment a request is sent, and takes it out of every
 *  answer. A request whose key is not to be had, or is another one than the plan was made with, is not sent. */
export function withOwnKeys(session: Session, secrets: Secrets): Session {
  return {
    ...session,
    async request(op, args, act, signal) {
      const named = 'key' in args && typeof args.key === 'string' ? ownKey(args.key) : undefined
      if (named === undefined) return withoutKeys(await session.request(op, args, act, signal), secrets)
      let key: string
      try {
        key = await keyOf(named, secrets, session.host)
      } catch (thrown) {
        return { is: 'refused', error: notSent(`${named.reference}: ${thrown instanceof Error ? thrown.message : ''}`) }
      }
      return withoutKeys(await session.request(op, { ...args, key }, act, signal), secrets)
    },
  }
}

/** Reads a product key by its reference, in capitals. Rejects with SECRET_MISSING. */
export async function readOwnKey(reference: string, secrets: Secrets, host: string): Promise<string> {
  const rest = reference.slice(reference.indexOf(':') + 1)
  const from = reference.slice(0, reference.indexOf(':'))
  const where: SecretRef =
    from === 'env' ? { from, name: rest } : from === 'file' ? { from, path: rest } : { from: 'prompt', label: rest }
  return await secrets.readKey(where, host)
}

async function keyOf({ reference, lastFive }: OwnKey, secrets: Secrets, host: string): Promise<string> {
  const key = await readOwnKey(reference, secrets, host)
  if (key.slice(-5) !== lastFive) throw new Error('the key there is not the one that the plan was made with')
  return key
}

function notSent(message: string): HostError {
  return { kind: 'arguments', message: `not sent: ${message}`, hresult: null, returnCode: null, details: null, at: null }
}

/** An answer without the product keys that were read. */
export function withoutKeys<F>(answer: Answer<F>, secrets: Secrets): Answer<F> {
  const text = JSON.stringify(answer)
  const cut = secrets.withoutKeys(text)
  return cut === text ? answer : (JSON.parse(cut) as Answer<F>)
}
