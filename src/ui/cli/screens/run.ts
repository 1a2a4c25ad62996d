import { describeFault } from '../../../faults/table.ts'
import { drivenMs } from '../../../procedure/driven.ts'
import { rearmBegun } from '../../../procedure/rearms.ts'
import type { RunView } from '../../../procedure/run-view.ts'
import { sameLogin } from '../../../procedure/chart/deciding.ts'
import { diskLeft } from '../../live/meaning.ts'
import type { Terminal } from '../terminal.ts'
import { asTyped } from './as-typed.ts'
import { cloneLines } from './clones.ts'
import { agoText, clock, minuteText } from './elapsed.ts'
import { fileHere } from './file-here.ts'
import { heldLines } from './held.ts'
import { nextLines, type Way } from './next.ts'
import { stepLines } from './steps.ts'
import { waysLines } from './ways.ts'
import { hanging } from './wrap.ts'

type Screen = Pick<Terminal, 'width' | 'paint' | 'said'>

/** How much of a run is shown. `brief` keeps each step on one line, for a screen that is redrawn; `record` is where its journal lies. */
export interface RunScreenOptions {
  readonly brief?: boolean
  readonly record?: string
  /** Who reads it, and the farm's time of now: what an approval says of a second person, and for how long it has waited. */
  readonly reader?: { readonly login: string; readonly now: number }
  /** The farm's time of now: where a run is told that ended some time ago, with its day, its age and what looks again. */
  readonly asOf?: number
  /** It stands below its own story: the way to that is not told. */
  readonly told?: true
}

/** The whole of a run on one screen: what it is, its steps, and what it waits for or why it stopped. */
export function runScreen(view: RunView, now: number, screen: Screen, options: RunScreenOptions = {}): readonly string[] {
  const steps = stepLines(view, now, screen, options.brief === true)
  const below = situation(view, now, screen, options)
  return [...header(view, now, screen), '', ...steps, ...(below.length === 0 ? [] : ['', ...below])]
}

function header(view: RunView, now: number, screen: Screen): readonly string[] {
  const { plan } = view
  const where = plan === null ? '' : `  farm ${plan.farm.name} / store ${plan.vdisk.store}`
  const who = view.startedBy?.login ?? ''
  const order = view.memory.order === null ? '' : `, order ${view.memory.order.because}`
  const scenario = `${plan?.scenario ?? ''}${order}`
  return [
    ` ${screen.paint('strong', view.title)}${where}   run ${view.run}   ${who}   ${workedFor(view, now)}`,
    ...hanging(' scenario  ', scenario, screen.width),
  ]
}

/** For how long it was worked on, and that this is less than the clock says where nobody drove it meanwhile. */
export function workedFor(view: RunView, now: number): string {
  const { since, ms } = view.undriven
  return `${since === null && ms === 0 ? '' : 'worked '}${clock(drivenMs(view, now))}`
}

/** Who started the run may not approve it where the workflow wants another person: which of both the reader is. */
function secondPerson({ approval, startedBy }: RunView, reader: RunScreenOptions['reader']): readonly string[] {
  if (approval?.anotherPerson !== true || startedBy === null) return []
  const rule = `${startedBy.login}, who started the run, may not approve it`
  if (reader === undefined) return [rule]
  return [sameLogin(startedBy, reader) ? `${rule}: that is you` : `${rule}; you, ${reader.login}, may`]
}

function situation(view: RunView, now: number, screen: Screen, options: RunScreenOptions): readonly string[] {
  if (view.held !== null) {
    const more = options.told === true ? [] : [asTyped(`  More:  vdiskprep show ${view.run}`, screen.said)]
    return [...heldLines(view, view.held, screen), ...more]
  }
  if (view.approval !== null) {
    const { what, because, since } = view.approval
    const waited = options.reader === undefined ? [] : [`waiting ${clock(options.reader.now - since)}`]
    return [
      ...hanging(`${screen.paint('warn', 'WAITS FOR APPROVAL')}  `, what, screen.width, 2),
      ...[...because, ...secondPerson(view, options.reader), ...waited].flatMap((line) => hanging('  - ', line, screen.width)),
      ...waysLines(view, [], screen),
    ]
  }
  if (view.waiting !== null && view.state === 'running') {
    const { since, deadlineMs, because } = view.waiting
    const until = deadlineMs > 0 ? ` of ${clock(deadlineMs)}` : ''
    const text = `${view.waiting.for}, ${clock(now - since)}${until}`
    return [...hanging(' waiting for ', text, screen.width), ...because.flatMap((line) => hanging('  ', line, screen.width))]
  }
  if (view.state === 'stopped')
    return [
      ...hanging(' ', diskLeft(view), screen.width),
      asTyped(` stopped at a safe point.  Next:  vdiskprep resume ${view.run}`, screen.said),
    ]
  return view.state === 'ended' ? endLines(view, screen, options) : []
}

function endLines(view: RunView, screen: Screen, { record, asOf, told }: RunScreenOptions): readonly string[] {
  const { ending, memory } = view
  if (ending === null) return []
  const isGood = ending.outcome === 'verified' || ending.outcome === 'mended'
  const paint = isGood ? 'good' : ending.outcome === 'sealed-unverified' ? 'warn' : 'bad'
  const fault = ending.fault === null ? null : describeFault(ending.fault.code, { run: view.run, ...ending.fault.details })
  const keys = [
    memory.windows.key === null ? null : `Windows ...${memory.windows.key}`,
    ...memory.office.keys.map((key) => `${key.product} ...${key.lastFive}`),
  ].filter((line) => line !== null)
  const journal = `run ${view.run}, ${String(view.lines)} events, head ${view.head.slice(0, 16)}`
  const rows: readonly (readonly [string, string | null])[] = [
    ['ended', asOf === undefined ? null : `${minuteText(view.changedAt)}: this tells of that day, and of nothing since`],
    ['order', memory.order?.because ?? null],
    ['keys', keys.length === 0 ? null : keys.join(', ')],
    ['rearms', rearms(view)],
    ['record', record === undefined ? journal : `${record} (${journal})`],
  ]
  const remedy = fault === null ? [] : fault.remedy.map((line) => ({ type: line, for: '' }))
  const age = asOf === undefined ? '' : `on ${minuteText(view.changedAt).slice(0, 10)}, ${agoText(asOf - view.changedAt)}: `
  const says = `${age}${fault?.says ?? ending.because}`
  return [
    ...hanging(`${screen.paint(paint, ending.outcome.toUpperCase())}  `, says, screen.width, 2),
    ...(fault === null ? [] : hanging('  ', fault.effect, screen.width)),
    ...rows.flatMap(([label, text]) => (text === null ? [] : hanging(`  ${label.padEnd(13)} `, text, screen.width))),
    ...(memory.clones.length === 0 ? [] : [' canaries', ...cloneLines(memory, screen, asOf)]),
    ...nextLines(
      [
        ...(asOf === undefined ? [] : [looksAgain(view)]),
        ...remedy,
        ...(told === true ? [] : [{ type: `vdiskprep show ${view.run}`, for: '' }]),
      ],
      screen,
    ),
  ]
}

/** What tells of today: of a sealed vDisk its clones, else the image and its hosts. */
function looksAgain({ outcome, plan, memory }: RunView): Way {
  const file = plan === null ? 'FILE' : fileHere(plan.source.file)
  return outcome === 'verified' || outcome === 'sealed-unverified'
    ? {
        type: `vdiskprep verify ${file}${memory.sealed === null ? '' : ' --since'}`,
        for: 'looks again: a run that boots the canaries and seals nothing',
      }
    : { type: `vdiskprep doctor ${file}`, for: 'looks again; changes nothing' }
}

function rearms(view: RunView): string | null {
  const { memory } = view
  const { rearmsBefore, rearmsAfter } = memory.windows
  if (rearmsBefore === null) return memory.rearm === null ? null : `none spent: ${memory.rearm.because}`
  const spent = rearmBegun(view, 'windows')
  const after = spent ? `-> ${String(rearmsAfter ?? rearmsBefore - 1)}` : 'left, not rearmed'
  const { rearmed, rearmsBefore: had } = memory.office
  const office = rearmed ? `, Office ${had === null ? 'not readable' : `${String(had)} -> ${String(had - 1)}`}` : ''
  const computed = (spent && rearmsAfter === null) || rearmed
  return `Windows ${String(rearmsBefore)} ${after}${office}${computed ? ' (computed: not readable before the next boot)' : ''}`
}
