import type { CheckedFinding, Finding } from './check.ts'
import { tally } from './diagnose.ts'

const LABEL: Readonly<Record<Finding['verdict'], string>> = { pass: 'ok', warn: 'WARN', fail: 'FAIL', unknown: '????', na: 'n/a' }

/** Fewer columns than this hold no sentence: it goes to the next line. */
const NARROW = 24

/** A line of the screen: one finding, or several of one host that say the same. */
interface Entry {
  readonly finding: CheckedFinding
  readonly name: string
}

/** Findings as plain text, worst first as they come: what was found, its effect, how to mend it; the rest as a count unless `all`.
 *  Checks of one host that say the same (it was not reached) take one entry. Colour only repeats what the words say, so there is none. */
export function renderFindings(
  findings: readonly CheckedFinding[],
  { width, all }: { readonly width: number; readonly all: boolean },
): string {
  const shown = entries(findings.filter((finding) => all || (finding.verdict !== 'pass' && finding.verdict !== 'na')))
  const hosts = Math.max(0, ...shown.map((entry) => entry.finding.host.length))
  const names = Math.max(0, ...shown.map((entry) => entry.name.length))
  const lines = shown.flatMap(({ finding, name }) => {
    const indent = 7 + hosts + 1
    const room = Math.max(NARROW, width - indent)
    const head = ` ${LABEL[finding.verdict].padEnd(4)}  ${finding.host.padEnd(hosts)} ${name.padEnd(names)}  `
    const left = width - head.length
    const beside = left < NARROW ? ['', ...wrap(finding.says, room, room)] : wrap(finding.says, left, room)
    const below = [...(finding.effect === null ? [] : wrap(finding.effect, room, room)), ...fixes(finding.remedy, room)]
    return [
      `${head}${beside[0] ?? ''}`.trimEnd(),
      ...[...beside.slice(1), ...below].map((line) => `${' '.repeat(indent)}${line}`),
    ]
  })
  return [...lines, footer(findings, all)].join('\n')
}

/** Only what nobody saw is drawn together: two checks that fail in the same words are still two troubles. */
function entries(findings: readonly CheckedFinding[]): readonly Entry[] {
  const reason = (one: CheckedFinding) => (one.verdict === 'unknown' || one.verdict === 'na' ? one.says : one.check)
  const groups = Map.groupBy(findings, (one) => [one.verdict, one.host, reason(one)].join('\n'))
  return [...groups.values()].flatMap((group) => {
    const first = group[0]
    if (first === undefined) return []
    if (group.length === 1) return [{ finding: first, name: first.check }]
    const effect = `${first.verdict === 'unknown' ? 'Not known for this reason' : 'Left out'}: ${group.map((one) => one.check).join(', ')}`
    return [{ finding: { ...first, effect }, name: `${group.length} checks` }]
  })
}

function fixes(remedy: readonly string[], room: number): readonly string[] {
  return remedy.flatMap((line, index) =>
    wrap(line, room - 5, room - 7).map((part, row) => `${row > 0 ? '       ' : index === 0 ? 'Fix  ' : '     '}${part}`),
  )
}

function footer(findings: readonly CheckedFinding[], all: boolean): string {
  const { pass, na } = tally(findings)
  const quiet = [`${pass} pass`, ...(na > 0 ? [`${na} not applicable`] : [])].join(', ')
  return ` ${quiet}${all || pass + na === 0 ? '' : '   run with --all to see them'}`
}

/** Breaks at blanks; a word longer than the room stands alone, uncut, so that a command can be copied. */
function wrap(text: string, first: number, rest: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    const room = lines.length <= 1 ? first : rest
    if (last !== undefined && last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
