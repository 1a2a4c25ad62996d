import { stripVTControlCharacters } from 'node:util'

/** Breaks a text at blanks into lines of at most `width` columns; a word longer than that stands alone, uncut, so that it can be copied. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** A text behind a head, coloured or not, its further lines indented to stand below its first; each line is as full as it can be. */
export function hanging(head: string, text: string, width: number, indent = seen(head)): readonly string[] {
  const [first = ''] = wrap(text, Math.max(20, width - seen(head)))
  const words = text.split(/\s+/).filter((one) => one !== '')
  const rest = wrap(words.slice(first.split(' ').length).join(' '), Math.max(20, width - indent))
  return [`${head}${first}`.trimEnd(), ...rest.map((line) => `${' '.repeat(indent)}${line}`)]
}

function seen(text: string): number {
  return stripVTControlCharacters(text).length
}
