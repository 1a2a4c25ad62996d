/** Text of a duration: whole numbers with a unit, largest first. `1h30m` is one, `1.5h` and `90` are not. */
export const DURATION = /^(?=\d)(?:(\d{1,3})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?(?:(\d{1,7})s)?(?:(\d{1,9})ms)?$/

/** Text of a size. PVS counts in binary megabytes, so the decimal units are not offered. */
export const SIZE = /^(\d{1,9})(MiB|GiB|TiB)$/

/** What to say when a duration was expected. */
export const DURATION_FORM = 'a duration with its unit: 90s, 30m or 2h30m'

/** What to say when a size was expected. */
export const SIZE_FORM = 'a size with its unit: 4096MiB, 80GiB or 1TiB'

/** Milliseconds of a duration's text, undefined when it has another form. */
export function durationMs(text: string): number | undefined {
  const match = DURATION.exec(text)
  if (!match) return undefined
  const [days = 0, hours = 0, minutes = 0, seconds = 0, rest = 0] = match.slice(1).map((part) => Number(part || 0))
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + rest
}

/** MiB of a size's text, undefined when it has another form. */
export function sizeMiB(text: string): number | undefined {
  const match = SIZE.exec(text)
  if (!match) return undefined
  return Number(match[1]) * { MiB: 1, GiB: 1024, TiB: 1024 * 1024 }[match[2] as 'MiB' | 'GiB' | 'TiB']
}

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 }
const DURATION_WORDS: Readonly<Record<string, string>> = {
  sec: 's',
  second: 's',
  min: 'm',
  minute: 'm',
  hr: 'h',
  hour: 'h',
  day: 'd',
}

/** The duration a slip probably meant: `30 min` is 30m, `1.5h` is 1h30m, a bare `30` could be 30s or 30m. */
export function meantDuration(text: string): string | null {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim())
  if (!match?.[1]) return null
  const word = (match[2] ?? '').toLowerCase()
  if (word === '') return match[1].includes('.') ? null : `${match[1]}s" or "${match[1]}m`
  const unit = DURATION_WORDS[word] ?? DURATION_WORDS[word.replace(/s$/, '')] ?? word
  const seconds = SECONDS[unit]
  return seconds === undefined ? null : shortest(Math.round(Number(match[1]) * seconds))
}

function shortest(seconds: number): string | null {
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  const text = parts.map((part, index) => (part > 0 ? `${part}${'hms'.charAt(index)}` : '')).join('')
  return durationMs(text) === undefined ? null : text
}

/** The size a slip probably meant: `80GB`, `80 gib` and `80G` are 80GiB; a bare `80` could be GiB or MiB. */
export function meantSize(text: string): string | null {
  const match = /^(\d+)\s*([a-z]*)$/i.exec(text.trim())
  if (!match?.[1]) return null
  const word = (match[2] ?? '').toLowerCase()
  if (word === '') return Number(match[1]) < 1024 ? `${match[1]}GiB` : `${match[1]}MiB`
  const unit = { m: 'MiB', mb: 'MiB', mib: 'MiB', g: 'GiB', gb: 'GiB', gib: 'GiB', t: 'TiB', tb: 'TiB', tib: 'TiB' }[word]
  return unit === undefined ? null : `${match[1]}${unit}`
}
