import type { Composition } from '../../../compose.ts'
import type { Ownership } from '../../../engine/connections.ts'
import type { World } from '../../../engine/drive.ts'
import type { Ids } from '../../../engine/ports/clock.ts'
import { faultOf, type FaultRecord } from '../../../faults/fault.ts'
import type { Person } from '../../../procedure/events.ts'
import { fold } from '../../../procedure/fold.ts'
import type { RunView } from '../../../procedure/run-view.ts'
import { emptyView } from '../../../procedure/view-changes.ts'
import type { LeftRun, MachineLine } from '../../../report/events/event-schema.ts'
import { faultLine, leftRun } from '../../../report/events/lines.ts'
import { noticeOf } from '../../../report/events/notice.ts'
import type { Notifier } from '../../../report/events/notifier.ts'
import { driveOn } from '../calling/drive-on.ts'
import { writeMetrics } from '../calling/metrics-file.ts'
import { EXIT, exitOfFault, exitOfOutcome, type ExitCode } from '../exit-codes.ts'
import { linesOf, viewOf } from '../follow.ts'
import type { TerminalHands } from '../by-hand/hands.ts'
import { interrupts } from '../interrupts.ts'
import type { CallerOptions } from '../options.ts'
import type { LiveRuns } from '../../live/live-runs.ts'
import { isLive, progressOf, type Progress } from '../progress.ts'
import { minuteText } from '../screens/elapsed.ts'
import { faultLines } from '../screens/fault.ts'
import { runScreen } from '../screens/run.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'
import { watched } from '../watching.ts'

/** One run to be driven: how to get hold of it, and what it is called where several share the terminal. */
export interface Job {
  readonly label: string
  /** A run that was begun before. */
  readonly run?: string
  /** The key under which it was begun, where it is over: nothing is driven, its result is told. */
  readonly endedUnder?: string
  claim(world: World): Promise<Ownership>
}

/** Options of commands that drive runs. */
export interface DriveOptions extends CallerOptions {
  /** Where the journals lie, for the last screen. */
  readonly record: string
  readonly ids: Ids
  readonly notifier: Notifier
  /** Who carries questions to hosts, where no wire leads there. */
  readonly hands?: TerminalHands | undefined
  /** What is still to be told between the runs and the result of a machine's output. */
  readonly lastWords?: () => Promise<void>
}

/** What a command that drives runs takes of its options and of the composition. By hand no screen is redrawn: what is to be typed stands
 *  between the lines. */
export function driving<O extends CallerOptions>(options: O, composition: Composition, hands?: TerminalHands): O & DriveOptions {
  const { ids } = composition
  const record = composition.storeFile(options.store ?? null)
  const shown = hands === undefined ? options : { ...options, plain: true, hands }
  return { ...shown, record, ids, notifier: composition.notifier() }
}

/** What all runs of a command share. */
interface Drive {
  readonly world: World
  readonly by: Person
  readonly several: boolean
  readonly terminal: Terminal
  readonly options: DriveOptions
  readonly shows: Map<string, Progress>
  /** The screen on which the runs are shown; null where they are shown as lines. */
  readonly live: LiveRuns | null
  readonly signal: AbortSignal
  /** Why the signal has aborted; null while it has not. */
  readonly stopped: () => 'timeout' | 'interrupted' | null
}

const STOPPING = 'Stopping at the next safe point. Once more: stop at once.'
const LATE =
  'Time is up (--timeout counts real time): stopping at the next safe point; an act under way is waited for, within its own limit.'

/** Drives runs side by side until each has ended, waits for a person, or was interrupted; shows them meanwhile. The worst of their exit codes. */
export async function driveRuns(
  jobs: readonly Job[],
  world: World,
  by: Person,
  terminal: Terminal,
  options: DriveOptions,
): Promise<ExitCode> {
  const shows = new Map<string, Progress>()
  let live: LiveRuns | null = null
  const store = watched(world.store, (run, entries) => {
    live?.committed(run, entries)
    shows.get(run)?.wrote()
  })
  const say = (text: string) => {
    if (options.json === true) return
    const show = [...shows.values()][0]
    if (show === undefined) terminal.err(text)
    else show.notice(text)
  }
  const stop = interrupts((first) => {
    if (!first) live?.drop()
    say(first ? STOPPING : 'Stopped at once.')
  }, options.signal)
  const late = options.timeout === undefined ? null : AbortSignal.timeout(options.timeout)
  late?.addEventListener('abort', () => say(LATE))
  const signal = late === null ? stop.signal : AbortSignal.any([stop.signal, late])
  options.hands?.leaveOn(signal)
  const stopped = () => (stop.signal.aborted ? 'interrupted' : late?.aborted === true ? 'timeout' : null)
  const several = jobs.length > 1
  const shared = { world: { ...world, store }, by, several, terminal }
  try {
    if (isLive(terminal, options)) {
      const { LiveRuns } = await import('../../live/live-runs.ts')
      live = new LiveRuns({ ...shared, record: options.record, stop: () => stop.press() })
    }
    const drive: Drive = { ...shared, terminal: live?.terminal ?? terminal, options, shows, live, signal, stopped }
    const ends = await Promise.allSettled(jobs.map((job) => driveOne(job, drive)))
    const left = ends.map((end) => {
      if (end.status === 'rejected') throw end.reason
      return end.value
    })
    const exit = left.reduce<ExitCode>((worst, one) => (one.exit > worst ? one.exit : worst), EXIT.ok)
    await writeMetrics(options.metrics, world.store, drive.terminal)
    await options.lastWords?.()
    if (options.json === true) print(terminal, { v: 1, type: 'result', exit, why: stopped() ?? 'done', runs: left })
    return exit
  } finally {
    stop.dispose()
    await live?.close()
    for (const one of await options.notifier.settled())
      terminal.err(`${one.channel} was not told, after ${String(one.attempts)} attempts: ${one.says}`)
    await world.hosts.close()
  }
}

type Left = LeftRun & { readonly exit: ExitCode }

async function driveOne(job: Job, drive: Drive): Promise<Left> {
  const { world, several, terminal, options, shows } = drive
  const own = await claimed(job, drive)
  if ('code' in own) {
    if (options.json !== true) terminal.err(`${job.label}:`)
    return await broken(job, own, drive)
  }
  if (job.endedUnder !== undefined) return await toldAgain(own.run, job.endedUnder, drive)
  const label = several ? { label: job.label } : {}
  const resumed = job.run !== undefined
  const show = drive.live?.progress(own.run) ?? progressOf(world.store, own.run, terminal, { ...options, ...label, resumed })
  shows.set(own.run, show)
  show.wrote()
  try {
    await stayWith(own, show, drive)
  } catch (thrown) {
    const fault = faultOf(thrown)
    if (fault.code === 'INTERNAL') throw thrown
    await show.end()
    return { ...(await broken({ ...job, run: own.run }, fault, drive)), begun: job.run === undefined }
  }
  const view = await show.end()
  const exit = exitOf(view, drive.stopped())
  return { ...leftRun(view, exit), begun: job.run === undefined, exit }
}

/** A run that had ended before this call: its end is told, and that nothing was begun; its journal is not printed again. */
async function toldAgain(run: string, key: string, { world, terminal, options }: Drive): Promise<Left> {
  const view = await viewOf(world.store, run)
  if (options.json !== true) {
    const before = `Run ${run} was begun on ${minuteText(view.startedAt)} under the key ${key} and has ended. Nothing was begun by this call.`
    for (const line of hanging('', before, terminal.width)) terminal.out(line)
    const asOf = Math.max(view.changedAt, world.farmClock.now())
    for (const line of runScreen(view, asOf, terminal, { record: options.record, asOf })) terminal.out(line)
  }
  const exit = exitOf(view, null)
  return { ...leftRun(view, exit), begun: false, exit }
}

/** Drives a run as long as it is to be stayed with. At a screen with a keyboard a hold is answered there, and a pause ends there. */
async function stayWith(own: Ownership | { readonly run: string }, show: Progress, drive: Drive): Promise<void> {
  const { world, by, options, live, signal } = drive
  let mine = own
  do {
    await driveOn(world, options.ids, mine, by, {
      waitFor: options.waitFor ?? (live?.asks === true ? 'done' : 'held'),
      signal: live === null ? signal : AbortSignal.any([signal, live.pauseOf(own.run)]),
      moved: () => show.wrote(),
      rests: () => tellOthers(own.run, world, options),
    })
    mine = { run: own.run }
  } while (live !== null && (await live.goesOn(own.run, signal)))
}

/** A run that waits, or has ended, beyond this terminal. */
async function tellOthers(run: string, { store }: World, { notifier, traces }: DriveOptions): Promise<void> {
  const lines = await linesOf(store, run)
  const view = lines.reduce(fold, emptyView(run))
  notifier.tell(noticeOf(view))
  if (traces !== undefined && view.outcome !== null) notifier.trace(traces, view, lines)
}

/** The run in hand; a run that others drive is only named when it is to be stayed with; a fault where other runs go on without it. */
async function claimed(
  job: Job,
  { world, several, options }: Drive,
): Promise<Ownership | { readonly run: string } | FaultRecord> {
  if (job.endedUnder !== undefined && job.run !== undefined) return { run: job.run }
  try {
    return await job.claim(world)
  } catch (thrown) {
    const fault = faultOf(thrown)
    if (fault.code === 'BUSY' && job.run !== undefined && options.waitFor === 'done') return { run: job.run }
    if (several || options.json === true) return fault
    throw thrown
  }
}

async function broken({ label, run }: Job, fault: FaultRecord, { world, terminal, options }: Drive): Promise<Left> {
  if (options.json === true) print(terminal, faultLine(fault, run ?? null))
  else for (const line of faultLines(fault, run ?? null, terminal)) terminal.err(line)
  const exit = exitOfFault(fault.code)
  if (run !== undefined) return { ...leftRun(await viewOf(world.store, run), exit, fault), begun: false, exit }
  return { run: null, begun: false, title: label, state: null, outcome: null, exit, fault, approval: null, step: null, next: [] }
}

function print(terminal: Terminal, line: MachineLine): void {
  terminal.out(JSON.stringify(line))
}

function exitOf(view: RunView, stopped: 'timeout' | 'interrupted' | null): ExitCode {
  if (view.outcome !== null) return exitOfOutcome(view.outcome)
  if (view.state === 'held' || view.state === 'approval' || stopped === null) return EXIT.held
  return stopped === 'timeout' ? EXIT.timedOut : EXIT.interrupted
}
