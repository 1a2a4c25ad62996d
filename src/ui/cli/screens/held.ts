import { describeFault } from '../../../faults/table.ts'
import type { RunView } from '../../../procedure/run-view.ts'
import type { Terminal } from '../terminal.ts'
import { nextLines, type Way } from './next.ts'
import { positionOf } from './position.ts'
import { hanging } from './wrap.ts'

type Screen = Pick<Terminal, 'width' | 'paint'>

/** More reasons or ways than these are summed up: the story has them all. */
const MOST_REASONS = 8
const MOST_OPTIONS = 4
/** With more ways than these their names are not listed either: the reasons name them. */
const MOST_NAMES = 12

/** Why a run is held: what was found, what it means, and every safe way on as it is typed. */
export function heldLines(view: RunView, held: NonNullable<RunView['held']>, screen: Screen): readonly string[] {
  const { fault, because, options } = held
  const { says, effect } = textOf(view, held)
  const reasons = because.filter((line) => line !== says)
  const more = reasons.length - MOST_REASONS
  return [
    screen.paint('bad', `HELD  ${fault.code}`),
    ...hanging('  ', fault.code === 'CHECKS_FAILED' ? 'These checks stand in the way of the first change.' : says, screen.width),
    ...hanging('  ', effect, screen.width),
    ...reasons.slice(0, MOST_REASONS).flatMap((line) => hanging('  - ', line, screen.width)),
    ...(more > 0 ? [`  - and ${String(more)} more`] : []),
    ...nextLines(waysOn(view, held), screen),
    ...(options.length > MOST_OPTIONS && options.length <= MOST_NAMES
      ? hanging('         NAME is one of: ', options.map(({ name }) => name).join(', '), screen.width, 11)
      : []),
    `  More:  vdiskprep show ${view.run}`,
  ]
}

function textOf(view: RunView, { fault }: NonNullable<RunView['held']>) {
  return describeFault(fault.code, { run: view.run, file: view.plan?.source.file ?? 'FILE', ...fault.details })
}

/** The offered options first, then what the fault's own remedy adds to them, then what is always possible. */
function waysOn(view: RunView, held: NonNullable<RunView['held']>): readonly Way[] {
  const decide = `vdiskprep decide ${positionOf(view)}`
  const remedies = textOf(view, held)
    .remedy.filter((line) => !/--(option|waive) |skip --reason/.test(line))
    .map((line) => line.replace(`vdiskprep decide ${view.run} `, `${decide} `))
  const offered =
    held.options.length > MOST_OPTIONS
      ? [{ type: `${decide} approve --option NAME --reason "..."`, for: '' }]
      : held.options.map((option) => ({ type: `${decide} approve --option ${option.name} --reason "..."`, for: option.label }))
  const retries = remedies.some((line) => line.endsWith(' retry')) ? [] : [{ type: `${decide} retry`, for: 'look again' }]
  const skip = held.skippable ? [{ type: `${decide} skip --reason "..."`, for: 'go on without it' }] : []
  const abort = remedies.some((line) => line.includes(' abort')) ? [] : [{ type: `${decide} abort --reason "..."`, for: '' }]
  return [...offered, ...remedies.map((line) => ({ type: withReason(line), for: '' })), ...retries, ...skip, ...abort]
}

/** These decisions are refused without a reason. */
function withReason(line: string): string {
  return / (abort|mark-done|skip)$/.test(line) ? `${line} --reason "..."` : line
}
