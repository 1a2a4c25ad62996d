import { visible } from './excerpt.ts'

/** One problem in a file, ready to be shown. Line and column count from 1; line 0 means the file as a whole.
 *  `excerpt` is the line with a caret line below it, empty where no line can be shown. */
export interface Diagnostic {
  readonly file: string
  readonly line: number
  readonly col: number
  readonly message: string
  readonly excerpt: string
  readonly suggestion: string | null
  readonly expected: string | null
}

/** The problems as a person reads them: `file:line:col  message`, the line, a caret below it and what to write instead. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(formatOne).join('\n\n')
}

function formatOne(one: Diagnostic): string {
  const file = visible(one.file)
  const head = one.line === 0 ? `${file}  ${one.message}` : `${file}:${one.line}:${one.col}  ${one.message}`
  const advice = adviceOf(one)
  if (one.excerpt === '') return advice === '' ? head : `${head}\n  ${advice}`
  return advice === '' ? `${head}\n${one.excerpt}` : `${head}\n${one.excerpt} ${advice}`
}

function adviceOf({ suggestion, expected }: Diagnostic): string {
  if (expected === null) return suggestion ?? ''
  return suggestion === null ? `expected ${expected}` : `${suggestion} (expected ${expected})`
}
