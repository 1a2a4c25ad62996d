import { stepDrivenMs } from '../../../procedure/driven.ts'
import type { RunView, StepView } from '../../../procedure/run-view.ts'
import type { StepName } from '../../../workflow/plan.ts'
import type { Terminal } from '../terminal.ts'
import { clock } from './elapsed.ts'
import { evidenceOf } from './evidence.ts'
import { wrap } from './wrap.ts'

/** Number and name of a step, as the article counts them. */
const NAMES: Readonly<Record<StepName | 'restoring', readonly [number: string, name: string]>> = {
  preflight: ['0', 'preflight'],
  createVDisk: ['1', 'create vDisk'],
  cleanTokens: ['2', 'clean tokens'],
  installWindowsKey: ['3', 'Windows key'],
  activateWindows: ['4', 'activate Windows'],
  rearmWindows: ['5', 'rearm Windows'],
  installOfficeKey: ['6', 'Office key'],
  rearmOffice: ['7', 'rearm Office'],
  sealVDisk: ['8', 'seal'],
  verify: ['9', 'verify'],
  release: ['10', 'release'],
  restoring: ['', 'put back'],
}

const OFFICE_FIRST: readonly StepName[] = ['installOfficeKey', 'rearmOffice', 'rearmWindows']

/** `5 rearm Windows` of a step's name. */
export function titleOf(step: StepName | 'restoring'): string {
  return NAMES[step].join(' ').trim()
}

/** `5` of a step's name. */
export function numberOf(step: StepName): string {
  return NAMES[step][0]
}

/** The same with the number in a column of its own: ` 5 rearm Windows`. */
export function alignedTitle(step: StepName): string {
  const [number, name] = NAMES[step]
  return `${number.padStart(2)} ${name}`
}

/** The steps in the order in which this run takes them. */
function inOrder(view: RunView): readonly StepView[] {
  if (view.memory.order?.sequence !== 'officeFirst') return view.steps
  const moved = OFFICE_FIRST.flatMap((name) => view.steps.filter((step) => step.step === name))
  const at = view.steps.findIndex((step) => OFFICE_FIRST.includes(step.step as StepName))
  const rest = view.steps.filter((step) => !OFFICE_FIRST.includes(step.step as StepName))
  return [...rest.slice(0, at), ...moved, ...rest.slice(at)]
}

/** The word in front of a step. */
export const MARKS: Readonly<Record<StepView['state'], string>> = {
  pending: '',
  running: 'run',
  done: 'ok',
  skipped: '-',
  held: 'HELD',
  failed: 'FAIL',
}

/** One line per step: state, number, name, what it rests on, time; a second one where `brief` does not forbid it and the evidence is long.
 *  The no-reboot window is drawn at the left edge while it stands. */
export function stepLines(
  view: RunView,
  now: number,
  terminal: Pick<Terminal, 'width' | 'paint'>,
  brief: boolean,
): readonly string[] {
  return stepRows(view).flatMap(({ steps: [first, ...more], inside, closes }) => {
    const lines = stepLine(first, view, now, terminal, inside ? '|' : ' ', brief, [first, ...more])
    return closes ? [...lines, `+- no reboot until the seal ${'-'.repeat(46)}`] : lines
  })
}

/** One line of the steps: a step, or several that are left out for the same reason; whether it lies in the no-reboot window or is its last. */
export interface StepRow {
  readonly steps: readonly [StepView, ...StepView[]]
  readonly inside: boolean
  readonly closes: boolean
}

/** The lines of a run's steps, in the order in which this run takes them. */
export function stepRows(view: RunView): readonly StepRow[] {
  const steps = inOrder(view)
  const window = windowIn(steps, view)
  return steps.flatMap((step, at) => {
    const alike = leftOutWith(step, steps, view)
    if (alike.length > 2 && alike[0] !== step) return []
    const inside = at >= window.from && at <= window.to
    return [{ steps: alike.length > 2 ? [step, ...alike.slice(1)] : [step], inside, closes: at === window.to }]
  })
}

/** From the first rearm that was begun to the seal, while the target must not reboot. */
function windowIn(steps: readonly StepView[], { memory, state }: RunView): { readonly from: number; readonly to: number } {
  if (memory.window === null || state === 'ended') return { from: steps.length, to: -1 }
  const from = steps.findIndex((one) => (one.step === 'rearmWindows' || one.step === 'rearmOffice') && one.startedAt !== null)
  return { from, to: steps.findIndex((one) => one.step === 'sealVDisk') }
}

/** The steps in a row that a scenario leaves out for one and the same reason: they share a line. */
function leftOutWith(step: StepView, steps: readonly StepView[], view: RunView): readonly StepView[] {
  const same = (other: StepView) => other.state === 'skipped' && evidenceOf(other, view) === evidenceOf(step, view)
  const at = steps.indexOf(step)
  const from = steps.findLastIndex((other, index) => index < at && !same(other)) + 1
  const to = steps.findIndex((other, index) => index >= at && !same(other))
  return steps.slice(from, to === -1 ? steps.length : to)
}

/** Number and name of the steps of a line. */
export function titleOfAll(steps: readonly StepView[]): readonly [number: string, name: string] {
  const names = steps.map(({ step }) => NAMES[step])
  const first = names[0] ?? ['', '']
  const last = names.at(-1) ?? first
  return steps.length === 1 ? first : [`${first[0]}-${last[0]}`, `${String(steps.length)} steps`]
}

function stepLine(
  step: StepView,
  view: RunView,
  now: number,
  terminal: Pick<Terminal, 'width' | 'paint'>,
  edge: string,
  brief: boolean,
  alike: readonly StepView[],
): readonly string[] {
  const [number, name] = titleOfAll(alike)
  const took = step.startedAt === null || step.state === 'skipped' ? '' : clock(stepDrivenMs(view, step, now) ?? 0)
  const head = `${edge}${MARKS[step.state].padEnd(4)} ${number.padStart(2)}${' '.repeat(Math.max(1, 4 - Math.max(2, number.length)))}${name.padEnd(17)} `
  const room = Math.max(20, terminal.width - head.length - 9)
  const text = step.state === 'running' || step.state === 'held' ? (step.stage ?? '') : evidenceOf(step, view)
  const [first = '', ...rest] = brief ? [fit(text, room)] : wrap(text, room)
  const line = `${head}${first.padEnd(room)} ${took.padStart(7)}`.trimEnd()
  return [line, ...rest.map((more) => `${edge}${' '.repeat(head.length - 1)}${more}`)].map((one) =>
    colour(step.state, one, terminal),
  )
}

function colour(state: StepView['state'], line: string, terminal: Pick<Terminal, 'paint'>): string {
  if (state === 'held' || state === 'failed') return terminal.paint('bad', line)
  if (state === 'pending' || state === 'skipped') return terminal.paint('faint', line)
  return state === 'running' ? terminal.paint('strong', line) : line
}

/** A text cut to a width, with dots where something was left out. */
export function fit(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 3))}...`
}
