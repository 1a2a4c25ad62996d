import { readFile } from 'node:fs/promises'
import { Fault } from '../faults/fault.ts'
import type { SecretRef } from '../workflow/inventory.ts'
import { createRedactor } from './redaction.ts'
import type { Redactor } from './redaction.ts'

/** Where secrets come from. `read` rejects with SECRET_MISSING; `host` is for the message alone. */
export interface Secrets {
  read(reference: SecretRef, host: string): Promise<string>
  /** A product key: without blanks around it, in capitals. */
  readKey(reference: SecretRef, host: string): Promise<string>
  /** A text without the product keys that were read. Passwords stay: one may be a number or a word that facts are made of. */
  withoutKeys(text: string): string
}

/** Reads secrets at the moment they are needed, and tells the redactor each one before anybody else sees it. A prompt is answered once in
 *  the life of the program, since a reconnection cannot ask again; `prompt` null means that there is nobody to ask. */
export function createSecrets(from: {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly prompt: ((label: string) => Promise<string>) | null
  readonly redactor: Redactor
}): Secrets {
  const answered = new Map<string, Promise<string>>()

  const ask = (label: string): Promise<string> => {
    if (from.prompt === null) throw new Error('there is no terminal to ask at')
    const answer = answered.get(label) ?? from.prompt(label)
    answered.set(label, answer)
    answer.catch(() => answered.delete(label))
    return answer
  }
  const find = async (reference: SecretRef): Promise<string> => {
    if (reference.from === 'prompt') return await ask(reference.label)
    if (reference.from === 'file') return (await readFile(reference.path, 'utf8')).replace(/\r?\n$/, '')
    const value = from.env[reference.name]
    if (value === undefined) throw new Error('the variable is not set')
    return value
  }
  const read = async (reference: SecretRef, host: string): Promise<string> => {
    try {
      const secret = await find(reference)
      if (secret.trim() === '') throw new Error('it is empty')
      from.redactor.learn(secret)
      return secret
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown)
      throw new Fault('SECRET_MISSING', { reference: shown(reference), host, why }, thrown)
    }
  }
  const keys = createRedactor()
  return {
    read,
    async readKey(reference, host) {
      const key = (await read(reference, host)).trim().toUpperCase()
      from.redactor.learn(key)
      if (KEY_FORM.test(key)) keys.learn(key)
      return key
    },
    withoutKeys: (text) => keys.redact(text),
  }
}

const KEY_FORM = /^[A-Z0-9]{5}(-[A-Z0-9]{5}){4}$/

/** A reference as it stands in the inventory. */
function shown(reference: SecretRef): string {
  if (reference.from === 'env') return `env:${reference.name}`
  return reference.from === 'file' ? `file:${reference.path}` : `prompt:${reference.label}`
}
