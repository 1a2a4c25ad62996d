const WIDEST = 96
const HIDDEN = '****'

/** The line and its caret. A secret is cut off and a long line is cropped around the caret; tabs and other control characters become
 *  one visible character each, so that the caret stands right and nothing reaches the terminal as a command. */
export function excerptOf(line: {
  text: string
  number: number
  column: number
  length: number
  hiddenFrom: number | undefined
}): string {
  const cut = line.hiddenFrom ?? line.text.length
  const safe = line.hiddenFrom === undefined ? line.text : `${line.text.slice(0, cut)}${HIDDEN}`
  const shift = safe.length <= WIDEST ? 0 : Math.max(0, Math.min(line.column, cut) + 24 - WIDEST)
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

/** A text with every character that a terminal could take for a command made visible. */
export function visible(text: string): string {
  return text.replaceAll('\t', '\u2192').replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\ufffd')
}
