import type { SecretRef } from './inventory.ts'

/** Text of a reference to a secret. A secret itself never fits: there is always a word and a colon before it. */
export const SECRET_REFERENCE = /^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:.+|prompt:.+)$/

/** What to write instead of a secret. */
export const SECRET_FORM = 'env:NAME, file:path or prompt:LABEL'

/** Reads a reference, undefined when the text is none (then it may be a secret: never show it). */
export function secretReference(text: string): SecretRef | undefined {
  if (!SECRET_REFERENCE.test(text)) return undefined
  const rest = text.slice(text.indexOf(':') + 1)
  if (text.startsWith('env:')) return { from: 'env', name: rest }
  return text.startsWith('file:') ? { from: 'file', path: rest } : { from: 'prompt', label: rest }
}
