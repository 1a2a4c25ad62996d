import type { Composition } from '../../../compose.ts'
import type { Clock } from '../../../engine/ports/clock.ts'
import type { Store } from '../../../engine/ports/store.ts'
import type { RunView } from '../../../procedure/run-view.ts'
import { columnsOf, memberHead, memberLine, RANK, sorted, type Member } from '../../live/fleet.ts'
import { runsOfVDisk } from '../find-run.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { viewsOf } from '../follow.ts'
import type { ScreenOptions } from '../options.ts'
import { painted } from '../../live/line.ts'
import { isLive } from '../progress.ts'
import { clockOfRun } from '../run-clock.ts'
import { nextLines } from '../screens/next.ts'
import { standings } from '../standing.ts'
import type { Terminal } from '../terminal.ts'
import { withStore } from '../with-store.ts'

/** Options of `list`. */
export interface ListOptions extends ScreenOptions {
  /** Stay and follow them. */
  readonly watch?: boolean
  /** Without those that have ended. */
  readonly open?: boolean
}

/** `list`: the runs of the store or of one vDisk, one line each, those first that need a person. */
export async function list(
  vDisk: string | undefined,
  options: ListOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  return await withStore(composition, options, async (store) => {
    const clockOf = clocks(composition)
    const wanted = async () => {
      const runs = vDisk === undefined ? await store.list() : await runsOfVDisk(store, vDisk)
      return new Set(runs.filter(({ state }) => options.open !== true || state !== 'ended').map(({ run }) => run))
    }
    const filter = vDisk === undefined && options.open !== true ? undefined : await wanted()
    if (options.watch === true && isLive(terminal, options)) {
      const { watchAll } = await import('../../live/live-watch.ts')
      const by = composition.person(options.as ?? null)
      await watchAll({
        store,
        by,
        terminal,
        clockOf,
        runs: wanted,
        standings: async () => standings(await store.leases(), composition),
      })
      return EXIT.ok
    }
    const rows = await members(store, filter, composition)
    if (options.json === true) for (const row of rows) terminal.out(JSON.stringify(told(row)))
    else {
      if (rows.length === 0) terminal.out(options.open === true ? 'No run is open.' : 'No runs yet.  Next:  vdiskprep run FILE')
      const columns = columnsOf(rows, terminal.width)
      if (rows.length > 0 && terminal.interactive) terminal.out(painted(memberHead(columns), terminal))
      for (const row of rows) {
        const now = RANK[row.as] === 0 ? clockOf(row.view).now() : row.view.changedAt
        terminal.out(painted(memberLine(row, now, columns, false), terminal))
      }
      for (const line of adviceFor(rows, terminal)) terminal.out(line)
    }
    return EXIT.ok
  })
}

async function members(
  store: Store,
  wanted: ReadonlySet<string> | undefined,
  composition: Composition,
): Promise<readonly Member[]> {
  const standing = standings(await store.leases(), composition)
  return sorted((await viewsOf(store, (run) => wanted?.has(run) ?? true)).map((view) => ({ view, as: standing(view) })))
}

function told({ view, as }: Member): unknown {
  const { run, title, state, outcome, startedAt, startedBy: by } = view
  return { run, title, state, standing: as, outcome, startedAt, by }
}

/** The farm time of each run; an inventory that several runs share is read once. */
function clocks(composition: Composition): (view: RunView) => Clock {
  const known = new Map<string, Clock>()
  return ({ plan }) => {
    const file = plan?.source.inventory ?? ''
    const clock = known.get(file) ?? (plan === null ? composition.farmClock(null) : clockOfRun(plan, composition))
    known.set(file, clock)
    return clock
  }
}

/** What to type for the first run that does not go on by itself. */
function adviceFor(rows: readonly Member[], terminal: Terminal): readonly string[] {
  const [first] = rows
  if (first === undefined || RANK[first.as] > RANK.left) return []
  const { view, as } = first
  const way =
    RANK[as] === 0
      ? { type: `vdiskprep status ${view.run}`, for: 'why, and what to decide' }
      : { type: `vdiskprep resume ${view.run}`, for: 'goes on where it stands' }
  return nextLines([way], terminal)
}
