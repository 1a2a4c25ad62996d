import { editDistance } from './nearest.ts'
import { isNearlyPublic } from './own-keys.ts'
import { SECRET_REFERENCE } from './secret-reference.ts'
import { lineText, type Source, type Span } from './source.ts'

const SECRET_WORDS = ['password', 'passphrase', 'secret', 'passwort']
/** A line longer than this is never shown: it is no line of a workflow, and searching it would take long. */
const LONGEST_LINE = 2000
const PRODUCT_KEY = /[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}/gi
const KEY = /(["']?)([A-Za-z_][\w.-]*)\1\s*[:=](?=\s|$|["'])\s*/g

/** Whether a key's name says that its value is secret, also when it is mistyped. */
export function namesSecret(key: string): boolean {
  const word = key.toLowerCase()
  if (/pass|pwd|secret|credential|token$/.test(word)) return true
  return word.length >= 5 && word.length <= 16 && SECRET_WORDS.some((secret) => editDistance(word, secret) <= 2)
}

/** For every line the column from which it must not be shown, because a literal secret may begin there. Works on any text, YAML or not,
 *  so that a file too broken to be parsed gives nothing away either. References (env:, file:, prompt:) stay visible. */
export function hiddenColumns(source: Source, known: readonly Span[]): ReadonlyMap<number, number> {
  const hidden = new Map<number, number>()
  const hide = (line: number, column: number) => hidden.set(line, Math.min(hidden.get(line) ?? column, column))
  let deeperThan = -1
  source.lineStarts.forEach((start, index) => {
    const line = lineText(source, index)
    const indent = line.length - line.trimStart().length
    if (deeperThan >= 0 && (line.trim() === '' || indent > deeperThan)) hide(index, 0)
    else deeperThan = -1
    const column = secretColumn(line)
    if (column !== undefined) {
      hide(index, column)
      deeperThan = indent
    }
    const key = line.length > LONGEST_LINE ? undefined : line.matchAll(PRODUCT_KEY).find(([text]) => !isNearlyPublic(text))
    if (key !== undefined) hide(index, key.index)
    for (const span of known) {
      const end = start + line.length
      if (span.source === source && span.start <= end && span.end >= start) hide(index, Math.max(span.start - start, 0))
    }
  })
  return hidden
}

function secretColumn(line: string): number | undefined {
  if (line.length > LONGEST_LINE) return 0
  for (const match of line.matchAll(KEY)) {
    const key = match[2] ?? ''
    const column = match.index + match[0].length
    if (key === 'auth' ? /^(agent\b|\{|\s*$)/.test(line.slice(column)) : !namesSecret(key)) continue
    const value = line
      .slice(column)
      .replace(/\s+#.*$/, '')
      .replace(/[\s}\],]+$/, '')
    if (!SECRET_REFERENCE.test(value.replace(/^(["'])(.*)\1$/, '$2')) || /,\s/.test(value)) return column
  }
  return undefined
}
