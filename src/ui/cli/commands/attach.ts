import { setTimeout as wait } from 'node:timers/promises'
import type { Composition } from '../../../compose.ts'
import type { Store } from '../../../engine/ports/store.ts'
import type { RunView } from '../../../procedure/run-view.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { EXIT, exitOfOutcome, type ExitCode } from '../exit-codes.ts'
import { interrupts } from '../interrupts.ts'
import type { ScreenOptions } from '../options.ts'
import { isLive, progressOf } from '../progress.ts'
import { clockOfRun } from '../run-clock.ts'
import { runScreen } from '../screens/run.ts'
import { standings } from '../standing.ts'
import type { Terminal } from '../terminal.ts'
import { withRun } from '../with-store.ts'

/** How often the journal is read where no screen is drawn. Milliseconds. */
const LOOK_MS = 500

/** `attach RUN`: the live view of a run that another process drives. Leaving it leaves the run as it is. Without a terminal its events are
 *  printed until it has ended or waits for a person. */
export async function attach(
  prefix: string | undefined,
  options: ScreenOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  return await withRun(composition, options, prefix, async (stored, store) => {
    if (!isLive(terminal, options) || stored.state === 'ended') return exitOf(await printed(store, stored.run, options, terminal))
    const { watchRun } = await import('../../live/live-watch.ts')
    const clock = clockOfRun(stored.plan as Plan, composition)
    const view = await watchRun(stored.run, {
      store,
      by: composition.person(options.as ?? null),
      terminal,
      clockOf: () => clock,
      standings: async () => standings(await store.leases(), composition),
    })
    for (const line of runScreen(view, Math.max(clock.now(), view.changedAt), terminal)) terminal.out(line)
    return exitOf(view)
  })
}

async function printed(store: Store, run: string, options: ScreenOptions, terminal: Terminal): Promise<RunView> {
  const show = progressOf(store, run, terminal, options)
  const left = interrupts(() => undefined)
  let revision = 0
  try {
    for (;;) {
      const stored = await store.load(run)
      if (stored === undefined || stored.state !== 'active' || left.signal.aborted) return await show.end()
      if (stored.revision !== revision) show.wrote()
      revision = stored.revision
      await wait(LOOK_MS, undefined, { signal: left.signal }).catch(() => undefined)
    }
  } finally {
    left.dispose()
  }
}

/** Leaving a run that goes on is what was asked for. */
function exitOf(view: RunView): ExitCode {
  if (view.outcome !== null) return exitOfOutcome(view.outcome)
  return view.state === 'held' || view.state === 'approval' ? EXIT.held : EXIT.ok
}
