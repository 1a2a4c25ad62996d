import { drivenMs } from '../../procedure/driven.ts'
import type { RunView } from '../../procedure/run-view.ts'
import { clock, moment } from '../cli/screens/elapsed.ts'
import { numberOf } from '../cli/screens/steps.ts'
import type { Paint } from '../cli/terminal.ts'
import { cut, line, type Line } from './line.ts'
import type { Size } from './screen.ts'
import type { Signs } from './signs.ts'

/** How a run stands for those who look at all of them. `left`: nobody drives it; `gone`: its simulated farm has ended. */
export type Standing = RunView['state'] | 'left' | 'gone'

/** Who needs a human comes first. */
export const RANK: Readonly<Record<Standing, number>> = {
  held: 0,
  approval: 0,
  left: 1,
  stopped: 1,
  running: 2,
  ended: 3,
  gone: 4,
}

const WORDS: Readonly<Record<Standing, string>> = {
  held: 'NEEDS YOU',
  approval: 'NEEDS YOU',
  left: 'left',
  stopped: 'stopped',
  running: 'running',
  ended: 'done',
  gone: 'gone',
}

/** One of several runs. */
export interface Member {
  readonly view: RunView
  readonly as: Standing
}

/** Those first that need a person; among them the one that waits longest, else the youngest first. */
export function sorted(members: readonly Member[]): readonly Member[] {
  const waits = ({ view }: Member) => view.held?.since ?? view.approval?.since ?? Infinity
  return members.toSorted(
    (one, other) =>
      RANK[one.as] - RANK[other.as] ||
      (RANK[one.as] === 0 ? waits(one) - waits(other) : 0) ||
      other.view.startedAt - one.view.startedAt ||
      one.view.title.localeCompare(other.view.title),
  )
}

/** What is drawn of several runs: the chosen one is marked, `notice` stands at the end. */
export interface FleetScene {
  readonly members: readonly Member[]
  /** Farm time of a run, in milliseconds. */
  now(view: RunView): number
  readonly chosen: string | null
  readonly keys: string
  readonly notice: string | null
}

/** Several runs, one line each, those first that need a person; never more lines than the terminal has, and none longer. Pure. */
export function fleetScreen(
  { members, chosen, keys, notice, ...scene }: FleetScene,
  { columns, rows }: Size,
  signs: Signs,
): readonly Line[] {
  const all = sorted(members)
  const count = (word: string) => all.filter(({ as }) => WORDS[as] === word).length
  const sum = ['NEEDS YOU', 'running', 'stopped', 'left', 'done', 'gone']
    .map((word) => [word, count(word)] as const)
    .filter(([, many]) => many > 0)
    .map(([word, many]) => `${String(many)} ${word}`)
  const foot: readonly Line[] = [[], ...(notice === null ? [] : [line(` ${notice}`, 'warn')]), line(` ${keys}`)]
  const room = Math.max(1, rows - 2 - foot.length)
  const at = Math.max(
    0,
    all.findIndex(({ view }) => view.run === chosen),
  )
  const from = Math.max(0, Math.min(at - Math.floor(room / 2), all.length - room))
  const places = columnsOf(all, columns)
  const body = all.slice(from, from + room).map((one) => memberLine(one, scene.now(one.view), places, one.view.run === chosen))
  const head = line(` ${String(all.length)} run${all.length === 1 ? '' : 's'}: ${sum.join(', ')}`, 'strong')
  return [head, all.length === 0 ? [] : memberHead(places), ...body, ...foot]
    .slice(0, rows)
    .map((one) => cut(one, columns, signs.dots))
}

/** From this width on titles are longer, and every run has its date. */
const WIDE = 100

const PAINTS: Readonly<Partial<Record<Standing, Paint>>> = {
  held: 'bad',
  approval: 'bad',
  stopped: 'warn',
  left: 'warn',
  gone: 'faint',
}

/** Where the columns of several runs stand. */
export interface Columns {
  readonly width: number
  readonly run: number
  readonly title: number
  readonly by: number
}

/** The columns for a list of runs on a screen of this width: the same for each of its lines. */
export function columnsOf(members: readonly Member[], width: number): Columns {
  const longest = (of: (member: Member) => string, name: string, most: number) =>
    Math.min(most, Math.max(name.length, ...members.map((member) => of(member).length)))
  return {
    width,
    run: longest(({ view }) => view.run, 'run', 36),
    title: width < WIDE ? 12 : 24,
    by: longest(({ view }) => view.startedBy?.login ?? '', 'by', width < WIDE ? 10 : 20),
  }
}

/** One run on one line: what it needs, its id, vDisk, where, since when it stands so, and whose it is. A run that nobody drives or waits for
 *  shows when it last changed; on a wide terminal every run does. */
export function memberLine({ view, as }: Member, now: number, columns: Columns, chosen: boolean): Line {
  const step = view.steps.find(({ state }) => state === 'running' || state === 'held')?.step
  const at = step === undefined ? '' : step === 'restoring' ? 'back' : `step ${numberOf(step)}`
  const changed = moment(view.changedAt).slice(0, -3)
  const since = sinceWhen({ view, as }, now)
  const rests = since === null || as === 'gone'
  const times = columns.width < WIDE ? (rests ? changed.slice(5) : since) : timesOf(changed, since ?? tookOf(view))
  const cells = { state: WORDS[as], run: view.run, title: view.title, at, what: whatOf(view), times }
  const text = rowOf({ ...cells, by: view.startedBy?.login ?? '' }, columns)
  const paint = as === 'ended' ? (view.outcome === 'verified' || view.outcome === 'mended' ? 'good' : 'bad') : PAINTS[as]
  return line(`${chosen ? '>' : ' '}${text}`, paint)
}

/** The names of the columns of `memberLine`. A run that waits or goes on shows for how long, one that rests since when. */
export function memberHead(columns: Columns): Line {
  const times = columns.width < WIDE ? 'for / since' : timesOf('last change     ', 'waits / took')
  const names = { state: 'state', run: 'run', title: 'vDisk', at: 'at', what: 'what', times, by: 'by' }
  return line(` ${rowOf(names, columns)}`, 'faint')
}

function rowOf(cells: Readonly<Record<'state' | 'run' | 'title' | 'at' | 'what' | 'times' | 'by', string>>, columns: Columns) {
  const { state, run, title, at, what, times, by } = cells
  const head = `${state.padEnd(10)} ${run.padEnd(columns.run)}  ${fitted(title, columns.title)}  ${at.padEnd(8)}`
  const tail = ` ${times.padStart(11)}  ${fitted(by, columns.by)}`
  return `${head}${fitted(what, Math.max(8, columns.width - 1 - head.length - tail.length))}${tail}`.trimEnd()
}

function timesOf(changed: string, span: string): string {
  return `${changed}  ${span.padStart(13)}`
}

/** A text cut or filled up to a number of columns. */
function fitted(text: string, columns: number): string {
  return text.length > columns ? `${text.slice(0, columns - 3)}...` : text.padEnd(columns)
}

/** How long a run waits for a person, or is under way; null for one that rests. */
function sinceWhen({ view, as }: Member, now: number): string | null {
  const since = view.held?.since ?? view.approval?.since
  if (since !== undefined) return `${as === 'held' ? 'held' : 'asks'} ${clock(now - since)}`
  return as === 'running' ? clock(drivenMs(view, now)) : null
}

function tookOf(view: RunView): string {
  return clock(drivenMs(view, view.changedAt))
}

function whatOf(view: RunView): string {
  if (view.held !== null) return view.held.fault.code
  if (view.approval !== null) return withoutName(view.approval.what, view)
  if (view.outcome !== null) return view.outcome
  if (view.waiting !== null) return `waiting for ${withoutName(view.waiting.for, view)}`
  const act = view.acts.at(-1)
  if (act?.end === 'under way') return `${act.what} on ${act.host}`
  return view.steps.find(({ state }) => state === 'running')?.stage ?? ''
}

/** A text of a line that has the name of the vDisk already. */
function withoutName(text: string, { title }: RunView): string {
  return text.replace(` ${title} `, ' ')
}
