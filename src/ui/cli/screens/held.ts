import { describeFault } from '../../../faults/table.ts'
import type { RunView } from '../../../procedure/run-view.ts'
import type { Terminal } from '../terminal.ts'
import { waysLines } from './ways.ts'
import { hanging } from './wrap.ts'

type Screen = Pick<Terminal, 'width' | 'paint' | 'said'>

/** More reasons than these are summed up: the story has them all. */
const MOST_REASONS = 8

/** Why a run is held: what was found, what it means, and every safe way on as it is typed. */
export function heldLines(view: RunView, held: NonNullable<RunView['held']>, screen: Screen): readonly string[] {
  const { fault, because } = held
  const { says, effect, remedy } = textOf(view, held)
  const reasons = because.filter((line) => line !== says)
  const more = reasons.length - MOST_REASONS
  return [
    screen.paint('bad', `HELD  ${fault.code}`),
    ...hanging('  ', fault.code === 'CHECKS_FAILED' ? 'These checks stand in the way of the first change.' : says, screen.width),
    ...hanging('  ', effect, screen.width),
    ...reasons.slice(0, MOST_REASONS).flatMap((line) => hanging('  - ', line, screen.width)),
    ...(more > 0 ? [`  - and ${String(more)} more`] : []),
    ...waysLines(view, remedy, screen),
  ]
}

function textOf(view: RunView, { fault }: NonNullable<RunView['held']>) {
  return describeFault(fault.code, { run: view.run, file: view.plan?.source.file ?? 'FILE', ...fault.details })
}
