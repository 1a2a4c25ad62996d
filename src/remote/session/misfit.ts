import type { z } from 'zod'
import type { Answer } from '../../engine/ports/hosts.ts'

/** The answer that says what of a message does not fit its schema; `root` is the word the field's path begins with (`args`, `facts`). */
export function misfit(operation: string, root: string, error: z.ZodError): Extract<Answer<never>, { is: 'misfit' }> {
  const { field, problem } = first(error, root)
  return { is: 'misfit', operation, field, problem }
}

/** The first problem of a schema check in one line. */
export function firstProblem(error: z.ZodError): string {
  const { field, problem } = first(error, '')
  return field === '' ? problem : `${field}: ${problem}`
}

/** Of a choice that nothing fits, the problem of the form that fits furthest: it says most. Paths grow from the root. */
function deepest(issue: z.core.$ZodIssue): Pick<z.core.$ZodIssue, 'path' | 'message'> {
  if (issue.code !== 'invalid_union') return issue
  const inner = issue.errors.flatMap(([one]) => (one === undefined ? [] : [deepest(one)]))
  const furthest = inner.toSorted((a, b) => b.path.length - a.path.length)[0]
  if (furthest === undefined || furthest.path.length === 0) return issue
  return { path: [...issue.path, ...furthest.path], message: furthest.message }
}

function first(error: z.ZodError, root: string): { field: string; problem: string } {
  const issue = error.issues.map(deepest)[0]
  const path = issue?.path.map(String) ?? []
  return { field: [root, ...path].filter((part) => part !== '').join('.'), problem: issue?.message ?? 'it does not fit' }
}
