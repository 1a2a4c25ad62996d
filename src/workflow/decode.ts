import type { Finding } from './findings.ts'
import { sourceOf, spanIn, type Source } from './source.ts'

/** Reads the bytes of a file as UTF-8 (a byte order mark is fine). Anything else gives a finding that says how the file is saved. */
export function decodeSource(file: string, bytes: Uint8Array): Source | Finding {
  const wide = utf16(bytes)
  if (wide !== undefined) {
    return { at: { file }, message: `this file is saved as ${wide}`, expected: 'UTF-8: save it as "UTF-8" in your editor' }
  }
  const nul = bytes.indexOf(0)
  if (nul >= 0)
    return { at: { file }, message: `this is not a text file (a zero byte at offset ${nul})`, expected: 'YAML text in UTF-8' }
  const bad = firstBadByte(bytes)
  if (bad === undefined) return sourceOf(file, new TextDecoder('utf-8').decode(bytes))
  const source = sourceOf(file, new TextDecoder('windows-1252').decode(bytes))
  const meant = source.text.charAt(bad)
  return {
    at: spanIn(source, bad, bad + 1),
    message: `byte 0x${(bytes[bad] ?? 0).toString(16).toUpperCase()} is not UTF-8; the file looks saved as Windows-1252 or Latin-1 ("${meant}")`,
    expected: 'UTF-8: save it as "UTF-8" in your editor',
  }
}

function utf16(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16 LE (what Windows editors call "Unicode")'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16 BE'
  const ends = (odd: number) => [0, 2, 4, 6].every((at) => bytes[at + odd] === 0 && bytes[at + 1 - odd] !== 0)
  if (bytes.length >= 8 && ends(1)) return 'UTF-16 LE without a byte order mark'
  return bytes.length >= 8 && ends(0) ? 'UTF-16 BE without a byte order mark' : undefined
}

/** Offset of the first byte that no UTF-8 text has there, found by halving: a prefix decodes as far as it is whole. */
function firstBadByte(bytes: Uint8Array): number | undefined {
  const whole = (length: number) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true })
      return true
    } catch {
      return false
    }
  }
  const complete = () => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes)
      return true
    } catch {
      return false
    }
  }
  if (complete()) return undefined
  let low = 0
  let high = bytes.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (whole(middle)) low = middle
    else high = middle - 1
  }
  return Math.min(sequenceStart(bytes, low), bytes.length - 1)
}

/** A truncated sequence is named by its first byte, not by the byte that did not continue it. */
function sequenceStart(bytes: Uint8Array, at: number): number {
  let start = at
  while (start > 0 && at - start < 3 && ((bytes[start - 1] ?? 0) & 0xc0) === 0x80) start--
  const lead = bytes[start - 1] ?? 0
  return start > 0 && lead >= 0xc2 && lead <= 0xf4 && start - 1 + sequenceLength(lead) > at ? start - 1 : at
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4
  return lead >= 0xe0 ? 3 : 2
}
