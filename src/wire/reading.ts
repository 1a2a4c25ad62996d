import { z } from 'zod'

/** A value that a host could not read, with the reason in the host's words. Unknown is neither true nor false. */
export const unreadable = z.strictObject({ unknown: z.string() })

export type Unreadable = z.infer<typeof unreadable>

/** What one look at a host gives: the value, or why there is none. */
export type Reading<T> = T | Unreadable

/** Schema of a value that may be unreadable. */
export function reading<S extends z.ZodType>(schema: S) {
  return z.union([schema, unreadable])
}

/** True when the value was read. */
export function known<T>(value: Reading<T>): value is T {
  return !(typeof value === 'object' && value !== null && 'unknown' in value)
}
