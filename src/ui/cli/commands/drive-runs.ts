import type { Ownership } from '../../../engine/connections.ts'
import { drive, type World } from '../../../engine/drive.ts'
import { faultOf } from '../../../faults/fault.ts'
import type { Person } from '../../../procedure/events.ts'
import type { RunView } from '../../../procedure/run-view.ts'
import { EXIT, exitOfFault, exitOfOutcome, type ExitCode } from '../exit-codes.ts'
import { interrupts } from '../interrupts.ts'
import type { CommonOptions } from '../options.ts'
import { progressOf, type Progress } from '../progress.ts'
import { faultLines } from '../screens/fault.ts'
import type { Terminal } from '../terminal.ts'
import { watched } from '../watching.ts'

/** One run to be driven: how to get hold of it, and what it is called where several share the terminal. */
export interface Job {
  readonly label: string
  claim(world: World): Promise<Ownership>
}

/** Options of commands that drive runs. */
export interface DriveOptions extends CommonOptions {
  /** Where the journals lie, for the last screen. */
  readonly record: string
}

/** Drives runs side by side until each has ended, waits for a person, or was interrupted; shows them meanwhile. The worst of their exit codes. */
export async function driveRuns(
  jobs: readonly Job[],
  world: World,
  by: Person,
  terminal: Terminal,
  options: DriveOptions,
): Promise<ExitCode> {
  const shows = new Map<string, Progress>()
  const store = watched(world.store, (run) => shows.get(run)?.wrote())
  const stop = interrupts((first) => {
    if (options.json === true) return
    const text = first ? 'Stopping at the next safe point. Once more: stop at once.' : 'Stopped at once.'
    const show = [...shows.values()][0]
    if (show === undefined) terminal.err(text)
    else show.notice(text)
  })
  try {
    const ends = await Promise.allSettled(
      jobs.map((job) => driveOne(job, jobs.length > 1, { ...world, store }, by, terminal, options, shows, stop.signal)),
    )
    const codes = ends.map((end) => {
      if (end.status === 'rejected') throw end.reason
      return end.value
    })
    return codes.reduce((worst, code) => (code > worst ? code : worst), EXIT.ok)
  } finally {
    stop.dispose()
    await world.hosts.close()
  }
}

async function driveOne(
  job: Job,
  several: boolean,
  world: World,
  by: Person,
  terminal: Terminal,
  options: DriveOptions,
  shows: Map<string, Progress>,
  stop: AbortSignal,
): Promise<ExitCode> {
  const own = await job.claim(world).catch((thrown: unknown) => (several ? faultOf(thrown) : Promise.reject(thrown as Error)))
  if ('code' in own) {
    terminal.err(`${job.label}:`)
    for (const line of faultLines(own, null, terminal)) terminal.err(line)
    return exitOfFault(own.code)
  }
  const show = progressOf(world.store, own.run, world.farmClock, terminal, {
    ...options,
    ...(several ? { label: job.label } : {}),
  })
  shows.set(own.run, show)
  show.wrote()
  try {
    await drive(world, own, by, stop)
  } catch (thrown) {
    const fault = faultOf(thrown)
    if (fault.code === 'INTERNAL') throw thrown
    await show.end()
    for (const line of faultLines(fault, own.run, terminal)) terminal.err(line)
    return exitOfFault(fault.code)
  }
  return exitOf(await show.end(), stop.aborted)
}

function exitOf(view: RunView, stopped: boolean): ExitCode {
  if (view.outcome !== null) return exitOfOutcome(view.outcome)
  if (view.state === 'held' || view.state === 'approval') return EXIT.held
  return stopped ? EXIT.interrupted : EXIT.held
}
