import { namedIn, type Named } from './codes.ts'
import { allEntries } from './entries.ts'
import type { Entry } from './entry.ts'
import { looksForeign, type LooksLike } from './foreign.ts'
import { spokenIn } from './phrases.ts'

/** What a code or a pasted text is: entries, best first; or another product's; or nothing that is known, with what can be said of it. */
export type Answer =
  | { readonly is: 'known'; readonly entries: readonly Entry[] }
  | { readonly is: 'foreign'; readonly looksLike: LooksLike }
  | { readonly is: 'unknown'; readonly hint: string }

/** Words that only our subject has. */
const ANCHOR =
  /\b(?:kms\w*|slmgr|ospp\w*|sppsvc|spp|vlmcs|key management|schl[uü]sselverwaltung\w*|volume activation|vdisks?|pvs|provisioning|streamservice|soapserver|software(?:lizenz|schutz)\w*|software (?:licensing|protection)|security-spp|gvlk|mak|cmid|re-?arm\w*|product key|windows non-core|bnistack)\b/i

/** Families of codes, for what is to be said of a member that the base does not have. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^0x[C48]004[BCDEF]/, 'is a code of Windows licensing that this base has no entry for'],
  [/^0x8024/, 'is a code of Windows Update that this base has no entry for'],
  [/^0x8007/, 'is a Win32 error that any program may report; this base has no entry for it'],
  [/^0xE00/, 'is a code of a lower layer of PVS that this base has no entry for'],
]

/** What a code, a number or a text pasted from a console means. Codes in the text win over its words; a code that only wraps another comes
 *  behind it. Never guesses: what another product may as well have said is not ours unless the text names our subject. */
export function lookUp(said: string): Answer {
  const text = said.replaceAll('×', 'x').replaceAll(/[\u2018\u2019\u201c\u201d]/g, "'")
  const entries = allEntries()
  const named = namedIn(text)
  const foreign = looksForeign(text, named.hresults)
  const isOurs = ANCHOR.test(text)
  const coded = entriesOf(named, text, entries)
  const isForeign = foreign !== undefined && (foreign.strong || !isOurs)
  if (coded.some((entry) => isSure(entry)) || (coded.length > 0 && !isForeign)) return { is: 'known', entries: coded }
  if (isForeign) return { is: 'foreign', looksLike: foreign }
  // Sentences that say nothing but "see the code" do not help with a code that nobody here knows.
  const isEmpty = ({ id, outer }: Entry) => named.hresults.length > 0 && outer === true && id.startsWith('text ')
  const spoken = spokenIn(text, entries).filter((entry) => !isEmpty(entry))
  return spoken.length > 0 ? { is: 'known', entries: spoken } : { is: 'unknown', hint: hintOf(named) }
}

/** A code that no other product has. */
function isSure({ id, generic }: Entry): boolean {
  return id.startsWith('0x') && generic !== true
}

function entriesOf({ hresults, events, numbers, names }: Named, text: string, entries: readonly Entry[]): readonly Entry[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const whole = text.trim().toLowerCase()
  const byName = entries.filter(({ name }) => name !== undefined && (names.includes(name) || name.toLowerCase() === whole))
  const ids = [...hresults, ...numbers.map((one) => `PVS ${one}`), ...events.map((one) => `event ${one}`)]
  const found = [...byName, ...ids.flatMap((id) => byId.get(id) ?? [])]
  return [...new Set([...found.filter(({ outer }) => outer !== true), ...found])]
}

function hintOf({ hresults, numbers }: Named): string {
  const [code] = hresults
  if (code !== undefined) return `${code} ${FAMILIES.find(([family]) => family.test(code))?.[1] ?? 'is no code of this subject'}`
  const [number] = numbers
  return number === undefined
    ? 'no code stands in it, and no wording of this base'
    : `PVS has no error ${number}, and no event of KMS has that id`
}
