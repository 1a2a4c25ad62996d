import type { Stamped } from '../../procedure/fold.ts'
import type { RunView } from '../../procedure/run-view.ts'
import { iso } from './answers.ts'
import type { Passport } from './passport-shape.ts'

type Bar = Passport['timeline'][number]
type Open = { readonly row: string; readonly is: Bar['is']; readonly from: number }

/** The chart's own names of the ends of a run. */
const END_STATES = {
  verified: 'verified',
  'sealed-unverified': 'sealedUnverified',
  mended: 'mended',
  failed: 'failed',
  aborted: 'aborted',
} as const

/** The states of the chart in the order in which the run took them, its end last. A step begun again stands there twice. */
export function pathOf(lines: readonly Stamped[]): readonly string[] {
  return lines.flatMap(({ event }) => {
    if (event.type === 'step.entered' || event.type === 'step.skipped') return [event.step]
    return event.type === 'run.ended' ? [END_STATES[event.outcome]] : []
  })
}

/** When each step ran, when the run waited for a person, and when nobody drove it. What has not ended ends with the last line. */
export function timelineOf(lines: readonly Stamped[], view: RunView): readonly Bar[] {
  const bars: Bar[] = []
  const open = new Map<'step' | 'person' | 'nobody', Open>()
  const skipped = new Set(view.steps.flatMap(({ step, state }) => (state === 'skipped' ? [step as string] : [])))
  const close = (kind: 'step' | 'person' | 'nobody', at: number) => {
    const bar = open.get(kind)
    if (bar === undefined) return
    open.delete(kind)
    const is = bar.is === 'step' && skipped.has(bar.row) ? 'skipped' : bar.is
    bars.push({ row: bar.row, is, from: iso(bar.from), to: iso(Math.max(at, bar.from)) })
  }
  const begin = (kind: 'step' | 'person' | 'nobody', bar: Open) => {
    close(kind, bar.from)
    open.set(kind, bar)
  }
  let step = 'run'
  let before = view.startedAt
  for (const { event, at } of lines) {
    if (event.type === 'step.entered') begin('step', { row: (step = event.step), is: 'step', from: at })
    if (event.type === 'step.skipped') bars.push({ row: event.step, is: 'skipped', from: iso(at), to: iso(at) })
    if (event.type === 'step.done') close('step', at)
    if (event.type === 'held') begin('person', { row: step, is: 'held', from: at })
    if (event.type === 'approval.wanted') begin('person', { row: step, is: 'approval', from: at })
    if (event.type === 'decided' && event.decision !== 'take-over') close('person', at)
    if (event.type === 'owner.left') begin('nobody', { row: step, is: 'undriven', from: at })
    if (event.type === 'owner.claimed' && event.resumed) {
      if (!open.has('nobody')) begin('nobody', { row: step, is: 'undriven', from: before })
      close('nobody', at)
    }
    if (event.type === 'run.ended') for (const kind of ['step', 'person', 'nobody'] as const) close(kind, at)
    before = at
  }
  for (const kind of ['step', 'person', 'nobody'] as const) close(kind, view.changedAt)
  return bars
}

/** For how long a step was worked on, in milliseconds: the time in which nobody drove it is left out. Null for one that has not ended. */
export function workedMs(
  { startedAt, endedAt }: Pick<Passport['steps'][number], 'startedAt' | 'endedAt'>,
  timeline: readonly Bar[],
): number | null {
  if (startedAt === null || endedAt === null) return null
  const [from, to] = [Date.parse(startedAt), Date.parse(endedAt)]
  const undriven = timeline
    .filter(({ is }) => is === 'undriven')
    .map((bar) => Math.max(0, Math.min(Date.parse(bar.to), to) - Math.max(Date.parse(bar.from), from)))
  return undriven.reduce((rest, gap) => rest - gap, to - from)
}
