import type { Entry } from './entry.ts'

/** Words that say nothing by themselves, in English and German. */
const EMPTY = new Set(
  (
    'the a an is was were of to for and or be been has had have not on in at by with from this that it its error errors occurred code ' +
    'following please your you can cannot could failed der die das den dem des ein eine einer eines und oder ist war wurde wurden nicht ' +
    'zu zum zur von vom mit auf im in am fur dass es sie fehler folgende'
  ).split(' '),
)

/** Of a phrase so much has to stand in the text, by weight. */
const ENOUGH = 0.74
/** A few words of a longer phrase are enough when all of them are its own. */
const FEW = 7
/** Longer texts are cut: what a person pastes begins with what matters. */
const LONGEST = 6_000

interface Phrase {
  readonly entry: Entry
  readonly words: readonly string[]
}

/** Entries whose wording stands in a text, best first; empty when none does. Forgives one slip a word, and the endings of words. */
export function spokenIn(text: string, entries: readonly Entry[]): readonly Entry[] {
  const phrases = entries.flatMap((entry) => entry.says.map((says) => ({ entry, words: wordsOf(says) })))
  const weigh = weights(phrases)
  const said = wordsOf(text.slice(0, LONGEST))
  const near = nearness(said)
  const total = said.reduce((sum, word) => sum + weigh(word), 0)
  const scored = phrases.flatMap(({ entry, words }) => {
    const hit = words.filter((word) => near(word))
    const own = sum(words, weigh)
    const got = sum(hit, weigh)
    const whole = own === 0 ? 0 : got / own
    const isPart = said.length <= FEW && hit.length >= 2 && got / total >= 0.85
    if (hit.length < Math.min(2, words.length) || (whole < ENOUGH && !isPart)) return []
    return [{ entry, score: got * whole * whole }]
  })
  scored.sort((one, other) => other.score - one.score)
  return [...new Set(scored.map(({ entry }) => entry))]
}

/** Rare words weigh more: the logarithm of how many phrases there are to each that has the word. */
function weights(phrases: readonly Phrase[]): (word: string) => number {
  const seen = new Map<string, number>()
  for (const { words } of phrases) for (const word of words) seen.set(stemOf(word), (seen.get(stemOf(word)) ?? 0) + 1)
  return (word) => Math.log(1 + phrases.length / (seen.get(stemOf(word)) ?? 0.5))
}

function sum(words: readonly string[], weigh: (word: string) => number): number {
  return words.reduce((all, word) => all + weigh(word), 0)
}

/** Words without accents, each once whatever its ending: `Lizenzen` and `Lizenz`, `licence` and `license` are one. */
function wordsOf(text: string): readonly string[] {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replaceAll(/licenc/g, 'licens')
  const words = plain.split(/[^a-z0-9]+/).filter((word) => word.length > 1 && !EMPTY.has(word))
  return [...new Map(words.map((word) => [stemOf(word), word])).values()]
}

/** A word without its ending. */
function stemOf(word: string): string {
  return /^\d/.test(word) ? word : word.slice(0, 7)
}

/** Whether a word stands among others, or one that differs by a single slip. */
function nearness(said: readonly string[]): (word: string) => boolean {
  const exact = new Set(said.map(stemOf))
  const known = new Map<string, boolean>()
  return (word) => {
    const before = known.get(word)
    if (before !== undefined) return before
    const found = exact.has(stemOf(word)) || (word.length > 4 && said.some((one) => isOneSlip(one, word)))
    known.set(word, found)
    return found
  }
}

/** One letter more, less, other, or two exchanged. */
function isOneSlip(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1 || one.length < 5) return false
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  const [rest, more] = [one.slice(at), other.slice(at)]
  return (
    rest.slice(1) === more.slice(1) ||
    rest.slice(1) === more ||
    rest === more.slice(1) ||
    (rest.slice(2) === more.slice(2) && rest[0] === more[1] && rest[1] === more[0])
  )
}
