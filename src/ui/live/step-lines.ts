import { stepDrivenMs } from '../../procedure/driven.ts'
import type { RunView, StepView } from '../../procedure/run-view.ts'
import { clock } from '../cli/screens/elapsed.ts'
import { evidenceOf } from '../cli/screens/evidence.ts'
import { MARKS, stepRows, titleOfAll, type StepRow } from '../cli/screens/steps.ts'
import type { Paint } from '../cli/terminal.ts'
import { limitOf, type Expected } from './expected.ts'
import { cut, widthOf, type Line, type Span } from './line.ts'
import { withSigns, type Signs } from './signs.ts'

/** One line per step: state, number, name, the fact that decided, elapsed and expected time; the no-reboot window at the left edge. `at` is
 *  the line to keep in sight where not all fit. */
export function stepColumn(
  view: RunView,
  now: number,
  expected: Expected,
  width: number,
  signs: Signs,
): { readonly lines: readonly Line[]; readonly at: number } {
  const lines: Line[] = []
  let at = 0
  for (const row of stepRows(view)) {
    const { state } = row.steps[0]
    if (state === 'running' || state === 'held' || state === 'failed' || state === 'done') at = lines.length
    lines.push(stepLine(row, view, now, expected, width, signs))
    if (row.closes) {
      const words = `${signs.corner}${signs.floor} no reboot until the seal `
      lines.push(cut([{ text: words + signs.floor.repeat(Math.max(0, width - words.length)), paint: 'warn' }], width, ''))
    }
  }
  return { lines, at }
}

const PAINTS: Readonly<Partial<Record<StepView['state'], Paint>>> = {
  pending: 'faint',
  skipped: 'faint',
  running: 'strong',
  held: 'bad',
  failed: 'bad',
}

function stepLine(row: StepRow, view: RunView, now: number, expected: Expected, width: number, signs: Signs): Line {
  const [step] = row.steps
  const [number, name] = titleOfAll(row.steps)
  const paint = PAINTS[step.state]
  const edge: Span = row.inside ? { text: signs.edge, paint: 'warn' } : { text: ' ' }
  const asks = step.state === 'running' && view.approval !== null
  const mark: Span = asks
    ? { text: 'ASKS', paint: 'warn' }
    : { text: MARKS[step.state].padEnd(4), paint: step.state === 'done' ? 'good' : (paint ?? 'faint') }
  const head = ` ${number.padStart(2)}${' '.repeat(Math.max(1, 4 - Math.max(2, number.length)))}${name.padEnd(16)} `
  const time = timeOf(step, view, now, expected, row.steps.length)
  const room = width - widthOf([edge, mark]) - head.length - (time === '' ? 0 : time.length + 1)
  const fact = cut([{ text: withSigns(factOf(step, view), signs) }], Math.max(0, room), signs.dots)
  const text = fact
    .map((span) => span.text)
    .join('')
    .padEnd(room)
  const rest = `${head}${text}${time === '' ? '' : ` ${time}`}`.trimEnd()
  return cut([edge, mark, paint === undefined ? { text: rest } : { text: rest, paint }], width, signs.dots)
}

/** What decides or decided: the counter before and after a rearm, else the stage under way, else the evidence. */
function factOf(step: StepView, view: RunView): string {
  if (step.state !== 'running' && step.state !== 'held') return evidenceOf(step, view)
  const { windows, office } = view.memory
  const before = step.step === 'rearmWindows' ? windows.rearmsBefore : step.step === 'rearmOffice' ? office.rearmsBefore : null
  const counter = before === null ? '' : `count ${String(before)} -> ?  `
  return `${counter}${step.stage ?? ''}`
}

/** `0:03 of ~0:14` by earlier runs, `0:03 max 15:00` by the plan, `~0:14` before it begins. */
function timeOf(step: StepView, view: RunView, now: number, expected: Expected, alike: number): string {
  if (step.state === 'skipped' || alike > 1) return ''
  const usual = expected.steps[step.step]
  if (step.startedAt === null) return usual === undefined || view.state === 'ended' ? '' : `~${clock(usual)}`
  const took = clock(stepDrivenMs(view, step, now) ?? 0)
  if (step.state !== 'running' || view.approval !== null) return took
  if (usual !== undefined) return `${took} of ~${clock(usual)}`
  const limit = limitOf(view, step.step)
  return limit === null ? took : `${took} max ${clock(limit)}`
}
