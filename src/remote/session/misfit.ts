import type { z } from 'zod'
import type { Answer } from '../../engine/ports/hosts.ts'

/** The answer that says what of a message does not fit its schema; `root` is the word the field's path begins with (`args`, `facts`). */
export function misfit(operation: string, root: string, error: z.ZodError): Answer<never> {
  const { field, problem } = first(error, root)
  return { is: 'misfit', operation, field, problem }
}

/** The first problem of a schema check in one line. */
export function firstProblem(error: z.ZodError): string {
  const { field, problem } = first(error, '')
  return field === '' ? problem : `${field}: ${problem}`
}

function first(error: z.ZodError, root: string): { field: string; problem: string } {
  const [issue] = error.issues
  const path = issue?.path.map(String) ?? []
  return { field: [root, ...path].filter((part) => part !== '').join('.'), problem: issue?.message ?? 'it does not fit' }
}
