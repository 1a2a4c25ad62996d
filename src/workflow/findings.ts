import type { Diagnostic } from './diagnostic.ts'
import { excerptOf, visible } from './excerpt.ts'
import { hiddenColumns } from './secret-lines.ts'
import { lineIndex, lineText, type Source, type Span } from './source.ts'

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

/** So many problems are shown at once; that there are more is said. */
export const SHOWN_AT_MOST = 100

/** An empty collection. Its diagnostics come file by file in the order the files were met, by position, each once. */
export function findings(): Findings {
  const found: Finding[] = []
  const hidden: Span[] = []
  return {
    add: (finding) => void found.push(finding),
    hide: (span) => void hidden.push(span),
    diagnostics() {
      const distinct = [...new Map(found.map((one) => [`${fileOf(one)}:${startOf(one)}:${one.message}`, one])).values()]
      const files = new Map([...new Set(distinct.map(fileOf))].map((file, index) => [file, index]))
      const rank = (one: Finding) => files.get(fileOf(one)) ?? 0
      const sorted = distinct.sort((a, b) => rank(a) - rank(b) || startOf(a) - startOf(b))
      const columns = new Map<Source, ReadonlyMap<number, number>>()
      const columnsOf = (source: Source) => {
        const known = columns.get(source) ?? hiddenColumns(source, hidden)
        columns.set(source, known)
        return known
      }
      const more = sorted.slice(SHOWN_AT_MOST)
      const rest = more
        .slice(0, 1)
        .map((one) => ({ at: { file: fileOf(one) }, message: `${more.length} more problems are not shown` }))
      return [...sorted.slice(0, SHOWN_AT_MOST), ...rest].map((one) => show(one, columnsOf))
    },
  }
}

function fileOf({ at }: Finding): string {
  return 'source' in at ? at.source.file : at.file
}

function startOf({ at }: Finding): number {
  return 'source' in at ? at.start : -1
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
