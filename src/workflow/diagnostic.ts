import { hiddenColumns } from './secret-lines.ts'
import { lineIndex, lineText, type Source, type Span } from './source.ts'

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

/** A problem where it was found: at a stretch of a file, or in a file as a whole. */
export interface Finding {
  readonly at: Span | { readonly file: string }
  readonly message: string
  readonly suggestion?: string | null | undefined
  readonly expected?: string | null | undefined
}

/** Collects what is wrong. `hide` names stretches that hold a literal secret and must never be shown. */
export interface Findings {
  add(finding: Finding): void
  hide(span: Span): void
  diagnostics(): readonly Diagnostic[]
}

/** An empty collection. Its diagnostics come file by file in the order the files were met, by position, each once. */
export function findings(): Findings {
  const found: Finding[] = []
  const hidden: Span[] = []
  return {
    add: (finding) => void found.push(finding),
    hide: (span) => void hidden.push(span),
    diagnostics() {
      const columns = new Map<Source, ReadonlyMap<number, number>>()
      const columnsOf = (source: Source) => {
        const known = columns.get(source) ?? hiddenColumns(source, hidden)
        columns.set(source, known)
        return known
      }
      const shown = found.map((finding) => show(finding, columnsOf))
      const files = [...new Set(shown.map(({ file }) => file))]
      const rank = (one: Diagnostic) => files.indexOf(one.file)
      const sorted = shown.sort((a, b) => rank(a) - rank(b) || a.line - b.line || a.col - b.col)
      return [...new Map(sorted.map((one) => [`${one.file}:${one.line}:${one.col}:${one.message}`, one])).values()]
    },
  }
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

function show(finding: Finding, columnsOf: (source: Source) => ReadonlyMap<number, number>): Diagnostic {
  const message = visible(finding.message)
  const suggestion = typeof finding.suggestion === 'string' ? visible(finding.suggestion) : null
  const expected = typeof finding.expected === 'string' ? visible(finding.expected) : null
  if (!('source' in finding.at)) return { file: finding.at.file, line: 0, col: 0, message, excerpt: '', suggestion, expected }
  const { source, start, end } = finding.at
  const index = lineIndex(source, start)
  const text = lineText(source, index)
  const column = Math.min(start - (source.lineStarts[index] ?? 0), text.length)
  const length = Math.max(1, Math.min(end - start, text.length - column))
  const excerpt = excerptOf({ text, number: index + 1, column, length, hiddenFrom: columnsOf(source).get(index) })
  return {
    file: source.file,
    line: index + 1,
    col: Array.from(text.slice(0, column)).length + 1,
    message,
    excerpt,
    suggestion,
    expected,
  }
}

const WIDEST = 96
const HIDDEN = '****'

/** The line and its caret. A secret is cut off and a long line is cropped around the caret; tabs and other control characters become
 *  one visible character each, so that the caret stands right and nothing reaches the terminal as a command. */
function excerptOf(line: {
  text: string
  number: number
  column: number
  length: number
  hiddenFrom: number | undefined
}): string {
  const cut = line.hiddenFrom ?? line.text.length
  const safe = line.hiddenFrom === undefined ? line.text : `${line.text.slice(0, cut)}${HIDDEN}`
  const shift = Math.max(0, Math.min(line.column, cut) + 24 - WIDEST)
  const before = visible(safe.slice(shift, Math.min(line.column, cut)))
  const inside = Array.from(visible(safe.slice(line.column, line.column + line.length))).length
  const carets = line.column >= cut && line.hiddenFrom !== undefined ? HIDDEN.length : Math.max(1, inside)
  const shown = Array.from((shift > 0 ? '...' : '') + visible(safe.slice(shift)))
  const pad = ' '.repeat(Array.from(before).length + (shift > 0 ? 3 : 0))
  const cropped = shown.length > WIDEST ? `${shown.slice(0, WIDEST).join('')}...` : shown.join('')
  const gutter = ' '.repeat(String(line.number).length)
  const marks = '^'.repeat(Math.max(1, Math.min(carets, WIDEST - pad.length)))
  return `  ${line.number} | ${cropped}\n  ${gutter} | ${pad}${marks}`
}

function visible(text: string): string {
  return text.replaceAll('\t', '\u2192').replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\ufffd')
}
