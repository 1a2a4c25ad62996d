/** Every character that occurs in a public key. Source: derived from the catalogue, kms.md 1.2; a typo check, not Microsoft's rule. */
export const KEY_ALPHABET = 'BCDFGHJKMNPQRTVWXY2346789'

/** What is wrong with the form of a key, and where: `at` and `length` count characters of the text as given. */
export interface KeySlip {
  readonly says: string
  readonly at: number
  readonly length: number
  readonly mend: string | null
}

const GROUPS = 5
const GROUP = 5
const DASHES = /[\u2010-\u2015\u2212\u00ad\ufe58\ufe63\uff0d]/

/** What is wrong with the form of a product key: nothing (undefined), or its first slip named in words a person can act on.
 *  Case does not count. A dash from a word processor is named first: Windows then says 0xC004F050 (kms.md 1.2). */
export function keySlip(key: string): KeySlip | undefined {
  const dash = DASHES.exec(key)
  if (dash) {
    const says = `a long dash (U+${codePoint(dash[0])}) stands where "-" belongs; Windows would answer 0xC004F050`
    return { says, at: dash.index, length: 1, mend: key.replaceAll(new RegExp(DASHES, 'g'), '-') }
  }
  const groups = key.split('-')
  return wrongCharacter(key) ?? wrongLength(key, groups)
}

function wrongCharacter(key: string): KeySlip | undefined {
  for (const [at, character] of Array.from(key).entries()) {
    if (character === '-' || KEY_ALPHABET.includes(character.toUpperCase())) continue
    const shown = character === ' ' ? 'a space' : `"${character}"`
    const says = character === ' ' ? 'a space stands in the key' : `${shown} occurs in no product key`
    return { says, at: Array.from(key).slice(0, at).join('').length, length: character.length, mend: lookalike(character) }
  }
  return undefined
}

function wrongLength(key: string, groups: readonly string[]): KeySlip | undefined {
  const whole = { at: 0, length: Math.max(key.length, 1), mend: null }
  if (groups.length === 1 && key.length === GROUPS * GROUP) {
    return { ...whole, says: 'the dashes are missing', mend: key.replaceAll(/.{5}(?!$)/g, '$&-') }
  }
  if (groups.length !== GROUPS) {
    return { ...whole, says: `${groups.length === 1 ? 'it has 1 group' : `it has ${groups.length} groups`} instead of 5` }
  }
  let at = 0
  for (const [index, group] of groups.entries()) {
    if (group.length !== GROUP) {
      const slip = group.length < GROUP ? `${GROUP - group.length} short` : `${group.length - GROUP} too long`
      return { says: `group ${index + 1} ("${group}") is ${slip}`, at, length: Math.max(group.length, 1), mend: null }
    }
    at += group.length + 1
  }
  return undefined
}

function lookalike(character: string): string | null {
  const pair = {
    '0': 'D or Q',
    O: 'D or Q',
    '1': 'T or 7',
    I: 'T or 7',
    L: 'T or 7',
    '5': 'G or 6',
    S: 'G or 6',
    Z: '2',
    U: 'V',
  }[character.toUpperCase()]
  return pair === undefined ? null : `look for ${pair} on the original`
}

function codePoint(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
}
