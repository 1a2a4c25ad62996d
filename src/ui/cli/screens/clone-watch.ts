import type { LastProof } from '../../../engine/seals.ts'
import type { FleetLine } from '../../../procedure/fleet.ts'
import type { Terminal } from '../terminal.ts'
import { moment } from './elapsed.ts'
import { VERDICT_WORDS } from './verdict-words.ts'
import { hanging } from './wrap.ts'

/** What a look showed of one vDisk, and which run last looked at its clones. */
export type WatchedLine = FleetLine & { readonly last: LastProof | null }

/** One look at a fleet: when, and what it showed, the worst first. */
export interface FleetLook {
  readonly at: number
  readonly lines: readonly WatchedLine[]
}

const WORST = ['fail', 'unknown', 'warn', 'pass'] as const

/** The lines of a fleet with the worst first. */
export function worstFirst(lines: readonly WatchedLine[]): readonly WatchedLine[] {
  return lines.toSorted((one, other) => WORST.indexOf(one.verdict) - WORST.indexOf(other.verdict))
}

/** The fleet as a list: a line for each vDisk, when it was looked at, and when it will be again. */
export function fleetLines(
  { at, lines }: FleetLook,
  everyMs: number,
  { width, paint }: Pick<Terminal, 'width' | 'paint'>,
): readonly string[] {
  const column = Math.max(0, ...lines.map(({ title }) => title.length))
  return [
    ...hanging(
      ' ',
      `${lines.length === 1 ? '1 vDisk' : `${String(lines.length)} vDisks`}: ${tallyOf(lines)}; looked at ${moment(at)}, next ${moment(at + everyMs).slice(11)}`,
      width,
    ),
    ...lines.flatMap((line) => {
      const [word, style] = VERDICT_WORDS[line.verdict]
      return hanging(` ${paint(style, word.padEnd(4))}  ${line.title.padEnd(column)}  `, said(line), width)
    }),
  ]
}

/** One look as one line, for a pipe. */
export function fleetLine({ at, lines }: FleetLook): string {
  const wrong = lines.filter(({ verdict }) => verdict !== 'pass')
  const each = wrong.map((line) => `${line.title}: ${VERDICT_WORDS[line.verdict][0]} ${said(line)}`)
  return [`${moment(at)}  ${tallyOf(lines)}`, ...each].join('  |  ')
}

function said({ code, says, last }: WatchedLine): string {
  const run = last === null ? 'no run has looked at its clones' : `run ${last.run} of ${moment(last.at)} ended ${last.outcome}`
  return `${code === null ? says : `${code}: ${says}`}; ${run}`
}

function tallyOf(lines: readonly FleetLine[]): string {
  return WORST.map((verdict) => [lines.filter((line) => line.verdict === verdict).length, VERDICT_WORDS[verdict][0]] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${String(count)} ${word}`)
    .join(', ')
}
