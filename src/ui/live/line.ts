import type { Paint, Terminal } from '../cli/terminal.ts'

/** A piece of a line in one colour. */
export interface Span {
  readonly text: string
  readonly paint?: Paint
}

/** One line of a screen, without its end. */
export type Line = readonly Span[]

/** A line of one colour. */
export function line(text: string, paint?: Paint): Line {
  return [paint === undefined ? { text } : { text, paint }]
}

/** The line's text without its colours. */
export function textOf(one: Line): string {
  return one.map(({ text }) => text).join('')
}

/** The line's text with its colours. */
export function painted(one: Line, on: Pick<Terminal, 'paint'>): string {
  return one.map(({ text, paint }) => (paint === undefined ? text : on.paint(paint, text))).join('')
}

/** The columns of a line; every sign counts as one. */
export function widthOf(one: Line): number {
  return one.reduce((sum, { text }) => sum + text.length, 0)
}

/** A line cut to a width, what was cut away told by dots; without the control characters that a host's words may hold. */
export function cut(one: Line, width: number, dots: string): Line {
  const clean = one.map((span) => ({ ...span, text: span.text.replaceAll(/\p{Cc}+/gu, ' ') }))
  if (widthOf(clean) <= width) return clean
  const room = Math.max(0, width - dots.length)
  let left = room
  const kept: Span[] = []
  for (const span of clean) {
    if (left === 0) break
    kept.push({ ...span, text: span.text.slice(0, left) })
    left -= Math.min(left, span.text.length)
  }
  return [...kept, { text: dots.slice(0, width) }]
}

/** Two columns side by side: the left one filled up to its width, a sign between them. */
export function beside(left: readonly Line[], right: readonly Line[], leftWidth: number, between: string): readonly Line[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) => {
    const one = left[row] ?? []
    const fill = ' '.repeat(Math.max(0, leftWidth - widthOf(one)))
    return [...one, { text: `${fill} ` }, { text: `${between} `, paint: 'faint' }, ...(right[row] ?? [])]
  })
}
