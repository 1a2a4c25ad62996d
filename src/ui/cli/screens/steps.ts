import type { RunView, StepView } from '../../../procedure/run-view.ts'
import type { StepName } from '../../../workflow/plan.ts'
import type { Terminal } from '../terminal.ts'
import { clock } from './elapsed.ts'

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
export function inOrder(view: RunView): readonly StepView[] {
  if (view.memory.order?.sequence !== 'officeFirst') return view.steps
  const moved = OFFICE_FIRST.flatMap((name) => view.steps.filter((step) => step.step === name))
  const at = view.steps.findIndex((step) => OFFICE_FIRST.includes(step.step as StepName))
  const rest = view.steps.filter((step) => !OFFICE_FIRST.includes(step.step as StepName))
  return [...rest.slice(0, at), ...moved, ...rest.slice(at)]
}

const MARKS: Readonly<Record<StepView['state'], string>> = {
  pending: '',
  running: 'run',
  done: 'ok',
  skipped: '-',
  held: 'HELD',
  failed: 'FAIL',
}

/** One line per step: state, number, name, what it rests on, time. The no-reboot window is drawn at the left edge while it stands. */
export function stepLines(view: RunView, now: number, terminal: Pick<Terminal, 'width' | 'paint'>): readonly string[] {
  return inOrder(view).map((step) => stepLine(step, now, terminal))
}

function stepLine(step: StepView, now: number, terminal: Pick<Terminal, 'width' | 'paint'>): string {
  const [number, name] = NAMES[step.step]
  const took = step.startedAt === null || step.state === 'skipped' ? '' : clock((step.endedAt ?? now) - step.startedAt)
  const head = `${MARKS[step.state].padEnd(4)} ${number.padStart(2)}  ${name.padEnd(17)}`
  const room = terminal.width - head.length - 10
  const text = step.state === 'running' || step.state === 'held' ? (step.stage ?? '') : (step.because.at(-1) ?? '')
  const line = ` ${head} ${fit(text, room).padEnd(room)} ${took.padStart(6)}`.trimEnd()
  return colour(step.state, line, terminal)
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
