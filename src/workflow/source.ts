/** One text file as it was read. Positions are offsets into `text` (UTF-16 units). */
export interface Source {
  readonly file: string
  readonly text: string
  readonly lineStarts: readonly number[]
}

/** A stretch of a file. `end` is exclusive and never before `start`. */
export interface Span {
  readonly source: Source
  readonly start: number
  readonly end: number
}

/** Wraps a text. Lines end with \n, \r\n or \r. */
export function sourceOf(file: string, text: string): Source {
  const lineStarts = [0]
  for (const match of text.matchAll(/\r\n|\n|\r/g)) lineStarts.push(match.index + match[0].length)
  return { file, text, lineStarts }
}

/** A span with its ends put inside the text. */
export function spanIn(source: Source, start: number, end: number): Span {
  const from = Math.min(Math.max(start, 0), source.text.length)
  return { source, start: from, end: Math.min(Math.max(end, from), source.text.length) }
}

/** Index of the line that holds an offset, from 0. */
export function lineIndex(source: Source, offset: number): number {
  let low = 0
  let high = source.lineStarts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

/** One line without its end; empty outside the file. */
export function lineText(source: Source, index: number): string {
  const start = source.lineStarts[index]
  if (start === undefined) return ''
  return source.text.slice(start, source.lineStarts[index + 1] ?? source.text.length).replace(/[\r\n]+$/, '')
}
