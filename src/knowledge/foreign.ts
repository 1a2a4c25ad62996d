import table from './foreign.json' with { type: 'json' }

/** Another product whose errors look like ours. `words` and `codes` are patterns, of words those with four capitals mind their case (STOP,
 *  SYSPRP); `strong` wins even where the text names ours as well. */
interface Foreign {
  readonly product: string
  readonly why: string
  readonly words?: readonly string[]
  readonly codes?: readonly string[]
  readonly strong?: boolean
}

/** What a text looks like that is not ours. */
export interface LooksLike {
  readonly product: string
  readonly why: string
  readonly strong: boolean
}

/** Sources of events that are ours; another one makes an event id another's. */
const OURS =
  /security-spp|software protection|softwareschutz|kmsrequests|key management|schl[uü]sselverwaltung|security-licensing|software licensing|office software protection|stream(?:service|process)|bnistack|service control manager|citrix pvs/i
const SOURCE = /\b(?:source|quelle|provider(?: name)?)\b\s*[:=]\s*["']?([\w.-]+(?: (?!event|date|level|task|log)[\w.-]+)*)/i

/** The other product that a text, or a code in it, belongs to; undefined when nothing points to one. */
export function looksForeign(text: string, hresults: readonly string[]): LooksLike | undefined {
  const source = SOURCE.exec(text)?.[1]?.trim()
  if (source !== undefined && !OURS.test(source))
    return { product: `an event of ${source}`, why: 'Event ids count within their source alone.', strong: true }
  for (const { product, why, words = [], codes = [], strong = false } of table as readonly Foreign[]) {
    const byWord = words.some((word) => new RegExp(word, /[A-Z]{4}/.test(word) ? '' : 'i').test(text))
    const byCode = codes.some((code) => hresults.some((one) => new RegExp(`^${code}`, 'i').test(one)))
    if (byWord || byCode) return { product, why, strong: strong || byCode }
  }
  return undefined
}
