import { z } from 'zod'
import { DURATION, DURATION_FORM, SIZE, SIZE_FORM } from './units.ts'
import { SECRET_FORM, SECRET_REFERENCE } from './secret-reference.ts'

/** What editors and the reference page are told of a field beside its description. */
export interface FieldNotes {
  readonly default?: unknown
  readonly examples?: readonly unknown[]
}

/** The expected form of each kind of value, as messages and the reference page print it. */
export const FORMS = {
  text: 'text',
  flag: 'true or false',
  count: 'a whole number',
  list: 'a list: [one, two], or lines that begin with "- "',
  block: 'a block of keys',
} as const

/** Some text, at least one character. Every message of these fields is the form that was expected. */
export function text(description: string, notes: FieldNotes = {}, form: string = FORMS.text) {
  return z
    .string({ error: form })
    .min(1, { error: form })
    .meta({ description, ...notes })
    .optional()
}

/** Text that has to look like `pattern`; `form` says how. */
function pattern(description: string, shape: RegExp, form: string, notes: FieldNotes = {}) {
  return z
    .string({ error: form })
    .regex(shape, { error: form })
    .meta({ description, ...notes })
    .optional()
}

/** A duration with its unit. */
export function duration(description: string, notes: FieldNotes = {}) {
  return pattern(description, DURATION, DURATION_FORM, notes)
}

/** A size with its unit. */
export function size(description: string, notes: FieldNotes = {}) {
  return pattern(description, SIZE, SIZE_FORM, notes)
}

/** Where a secret is found; never the secret. */
export function secret(description: string) {
  return pattern(description, SECRET_REFERENCE, SECRET_FORM, { examples: ['env:VDP_PVS_PASSWORD'] })
}

/** true or false. */
export function flag(description: string, notes: FieldNotes = {}) {
  return z
    .boolean({ error: FORMS.flag })
    .meta({ description, ...notes })
    .optional()
}

/** A whole number between two bounds. */
export function count(description: string, bounds: { min: number; max: number }, notes: FieldNotes = {}) {
  const form = `a whole number from ${bounds.min} to ${bounds.max}`
  const number = z.int({ error: form }).min(bounds.min, { error: form }).max(bounds.max, { error: form })
  return number.meta({ description, ...notes }).optional()
}

/** One of several words. */
export function choice<const W extends readonly [string, ...string[]]>(description: string, words: W, notes: FieldNotes = {}) {
  return z
    .enum(words, { error: oneOf(words) })
    .meta({ description, ...notes })
    .optional()
}

/** A list of several words. */
export function choices<const W extends readonly [string, ...string[]]>(description: string, words: W, notes: FieldNotes = {}) {
  const item = z.enum(words, { error: oneOf(words) })
  return z
    .array(item, { error: `a list of: ${words.join(', ')}` })
    .meta({ description, ...notes })
    .optional()
}

/** A list of texts. */
export function texts(description: string, notes: FieldNotes = {}) {
  const item = z.string({ error: FORMS.text }).min(1, { error: FORMS.text })
  return z
    .array(item, { error: FORMS.list })
    .meta({ description, ...notes })
    .optional()
}

/** A block of named fields; any other key is an error. */
export function block<S extends z.core.$ZodShape>(description: string, shape: S) {
  return z.strictObject(shape, { error: FORMS.block }).meta({ description }).optional()
}

/** A list of blocks. */
export function blocks<S extends z.core.$ZodShape>(description: string, itemDescription: string, shape: S) {
  const item = z.strictObject(shape, { error: FORMS.block }).meta({ description: itemDescription })
  return z.array(item, { error: FORMS.list }).meta({ description }).optional()
}

/** The words of a choice in one sentence. */
function oneOf(words: readonly string[]): string {
  return `one of: ${words.join(', ')}`
}
