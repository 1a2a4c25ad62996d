/** A command that a page shows as typed, with what it shows below it. */
export interface Typed {
  /** What follows `vdiskprep`, or `cp FROM TO` whole. */
  readonly words: string
  readonly program: 'vdiskprep' | 'cp'
  /** The exit code that the page tells: `# exit code 4` behind the command; else 0. */
  readonly exit: number
  readonly shown: readonly string[]
  /** Where the shown lines begin and end in the page. */
  readonly from: number
  readonly to: number
}

/** A fenced block: its language, its lines, and the line of the page on which they begin. */
interface Block {
  readonly language: string
  readonly lines: readonly string[]
  readonly from: number
}

/** Every fenced block of a page. */
export function blocksOf(page: string): readonly Block[] {
  const lines = page.split('\n')
  const fences = lines.flatMap((line, at) => (line.startsWith('```') ? [at] : []))
  return fences.flatMap((open, nth) => {
    if (nth % 2 === 1) return []
    const close = fences[nth + 1] ?? lines.length
    return [{ language: lines[open]?.slice(3) ?? '', lines: lines.slice(open + 1, close), from: open + 1 }]
  })
}

/** The commands of this program in the blocks of language `console`, in the order of the page. */
export function typedOn(page: string): readonly Typed[] {
  return blocksOf(page)
    .filter(({ language }) => language === 'console')
    .flatMap(({ lines, from }) => {
      const starts = lines.flatMap((line, at) => (/^\$ (vdiskprep|cp) /.test(line) ? [at] : []))
      return starts.map((start, nth) => {
        const end = starts[nth + 1] ?? lines.length
        const [, program, words = '', exit = '0'] =
          /^\$ (vdiskprep|cp) (.*?)(?: +# exit code (\d+))?$/.exec(lines[start] ?? '') ?? []
        return {
          program: program === 'cp' ? 'cp' : 'vdiskprep',
          words,
          exit: Number(exit),
          shown: lines.slice(start + 1, end),
          from: from + start + 1,
          to: from + end,
        }
      })
    })
}

/** Files that a page shows whole: YAML blocks whose first line is their name as a comment. */
export function filesOn(page: string): Readonly<Record<string, string>> {
  const named = blocksOf(page).flatMap(({ language, lines }) => {
    const [, name] = /^# (\S+\.yaml)$/.exec(lines[0] ?? '') ?? []
    return language === 'yaml' && name !== undefined ? [[name, `${lines.join('\n')}\n`]] : []
  })
  return Object.fromEntries(named) as Record<string, string>
}

/** What no two runs share, replaced: times, ids of clones, hashes, ports, counts of what the clock decides. */
function masked(line: string): string {
  return line
    .replaceAll(/(licensed by \S+ at) (20\d\d-\d\d-\d\d )?\d\d:\d\d UTC/g, '$1 TIME')
    .replaceAll(/, \d+ (minute|hour|day)s? ago\b/g, ', N ago')
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'GUID')
    .replaceAll(/\b20\d\d-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?(\.\d+)?Z?)?/g, 'DATE')
    .replaceAll(/ +\d\d-\d\d \d\d:\d\d\b/g, ' 0:00')
    .replaceAll(/ *[~-]?(?<!:)\b(\d+:)?\d+:\d\d\b/g, ' 0:00')
    .replaceAll(/SHA256:[\w+/]+/g, 'SHA256')
    .replaceAll(/127\.0\.0\.1(\]?):\d+/g, '127.0.0.1$1:PORT')
    .replaceAll(/(plan|--plan|head|"plan":") ?[0-9a-f]{8,16}\b/g, '$1 HASH')
    .replaceAll(/^ *[0-9a-f]{16}\b/g, 'HASH')
    .replaceAll(/(\w{5})@\d+/g, '$1@LINE')
    .replaceAll(/\d+(?= (events|checks|not applicable|do not apply)\b)/g, 'N')
    .replaceAll(/(licensed by .*, count) \d+/g, '$1 N')
    .replaceAll(/\d+(\.\d+)? (ms|s|KB|KiB|days left)\b/g, 'N $2')
    .trimEnd()
}

/** True when the page shows what was printed, wherever its lines were broken: a path may be longer here than there. A line `...` of the page
 *  stands for any number of lines. */
export function shows(shown: readonly string[], printed: readonly string[]): boolean {
  const flat = (lines: readonly string[]) => lines.map(masked).join(' ').replaceAll(/\s+/g, ' ').trim()
  const text = ` ${flat(printed)} `
  const parts = partsOf(shown)
  const [first = '', ...rest] = parts.map(flat)
  const last = rest.pop()
  if (last === undefined) return text.trim() === first
  let at = text.startsWith(` ${first}`) ? first.length : -1
  for (const part of rest) at = at < 0 ? at : endOf(text, part, at)
  return at >= 0 && text.trimEnd().endsWith(last) && at <= text.trimEnd().length - last.length
}

function endOf(text: string, part: string, from: number): number {
  const found = text.indexOf(part, from)
  return found < 0 ? -1 : found + part.length
}

/** What stands between the lines `...`. */
function partsOf(shown: readonly string[]): readonly (readonly string[])[] {
  const cuts = shown.flatMap((line, at) => (line.trim() === '...' ? [at] : []))
  return [-1, ...cuts].map((cut, nth) => shown.slice(cut + 1, cuts[nth] ?? shown.length))
}

/** What is printed, cut as the page has it: each part from its first line to its last one. Whole where those are not found any more. */
export function cutAs(shown: readonly string[], printed: readonly string[]): readonly string[] {
  const parts = partsOf(shown)
  const lines: string[] = []
  let at = 0
  for (const [nth, part] of parts.entries()) {
    if (nth > 0) lines.push('...')
    if (part.length === 0) continue
    const find = (line: string | undefined) => printed.findIndex((one, n) => n >= at && masked(one) === masked(line ?? ''))
    const from = nth === 0 ? 0 : find(part[0])
    const to = nth === parts.length - 1 ? printed.length - 1 : find(part.at(-1))
    if (from < 0 || to < from) return printed
    lines.push(...printed.slice(from, to + 1))
    at = to + 1
  }
  return lines
}
