import table from './known-codes.json' with { type: 'json' }

/** What an error code of Windows licensing or of Citrix PVS means for a vDisk, and what helps. */
export interface KnownCode {
  readonly code: string
  readonly of: 'Windows licensing' | 'Citrix PVS'
  /** How the program that reports it words it; what a pasted text is compared with. */
  readonly text: string
  readonly means: string
  readonly cure: string
  readonly source: string
}

/** Every code that can be explained without a farm. Source: kms.md 9; pvs.md 4.7, 6, 7. */
const KNOWN_CODES = table as readonly KnownCode[]

/** Words of an error text that say nothing by themselves. */
const EMPTY = new Set('the a an is was of to for and error occurred be been has not on in'.split(' '))

/** What an error code (0xC004F038, C004F038, 209) or a pasted text is known as; best first, empty when it is not known. */
export function findKnown(said: string): readonly KnownCode[] {
  const exact = KNOWN_CODES.filter(({ code }) => codesIn(said).includes(code.toLowerCase()))
  if (exact.length > 0) return exact
  const words = wordsOf(said)
  const scored = KNOWN_CODES.map((known) => {
    const own = wordsOf(known.text)
    const shared = own.filter((word) =>
      words.some(
        (one) => one === word || (word.length > 3 && one.startsWith(word.slice(0, 3)) && Math.abs(one.length - word.length) < 2),
      ),
    ).length
    return { known, score: own.length === 0 ? 0 : shared / own.length }
  })
  const best = Math.max(...scored.map(({ score }) => score))
  return best < 0.7 ? [] : scored.flatMap(({ known, score }) => (score === best ? [known] : []))
}

/** A return code of PVS, alone or after the words that people put before one. */
const SHORT = /^\W*(?:(?:an?|the|error|returned?|code|status|number)\W+)*(\d{1,3})\W*$/i

/** An HRESULT as scripts print it, decimal: the severity bit makes it negative, or at least 2^31. */
const DECIMAL = /(?<!\w)(?:-\d{9,10}|[234]\d{9})\b/g

function codesIn(said: string): readonly string[] {
  const hex = [...said.matchAll(/\b(?:0x)?([0-9a-f]{8})\b/gi)].map(([, digits]) => `0x${(digits ?? '').toLowerCase()}`)
  const decimal = (said.match(DECIMAL) ?? []).map((digits) => `0x${(Number(digits) >>> 0).toString(16)}`)
  const short = SHORT.exec(said)?.[1]
  return short === undefined ? [...hex, ...decimal] : [short]
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !EMPTY.has(word))
}
