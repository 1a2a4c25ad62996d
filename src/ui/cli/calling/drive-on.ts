import type { Ownership } from '../../../engine/connections.ts'
import { resumeRun } from '../../../engine/begin.ts'
import { drive, type World } from '../../../engine/drive.ts'
import type { Ids } from '../../../engine/ports/clock.ts'
import { faultOf } from '../../../faults/fault.ts'
import type { Person } from '../../../procedure/events.ts'

/** How often a run that waits for a person, or is in other hands, is looked at. Milliseconds of real time. */
const LOOK_MS = 500

/** How long a run is stayed with. */
export interface Staying {
  readonly waitFor: 'held' | 'done'
  readonly signal: AbortSignal
  /** It waits for a person, or has ended. */
  rests(): Promise<void>
  /** Others have written to its journal. */
  moved(): void
}

/** Drives a run until it ends or waits for a person; with `waitFor` done also beyond that: what a person decides meanwhile, here or elsewhere,
 *  is heeded at once, and while another owner drives the run it is only watched. Ends early when the signal aborts. */
export async function driveOn(
  world: World,
  ids: Ids,
  own: Ownership | { readonly run: string },
  by: Person,
  staying: Staying,
): Promise<void> {
  let mine: Ownership | null = 'owner' in own ? own : null
  for (;;) {
    if (mine !== null) {
      const stop = await drive(world, mine, by, staying.signal)
      if (stop !== 'interrupted') await staying.rests()
      if (stop !== 'waiting' || staying.waitFor === 'held') return
    }
    mine = await again(world, ids, own.run, by, staying)
    if (mine === null) return
  }
}

/** The run once more, as soon as there is something to do and nobody else does it; null when it has ended or time is up. */
async function again(world: World, ids: Ids, run: string, by: Person, staying: Staying): Promise<Ownership | null> {
  const { store, clock } = world
  let revision = 0
  while (!staying.signal.aborted) {
    const stored = await store.load(run)
    if (stored === undefined) return null
    if (stored.revision !== revision) staying.moved()
    revision = stored.revision
    if (stored.state === 'ended') return null
    if (stored.state === 'active') {
      const own = await resumeRun(world, ids, run, by).catch((thrown: unknown) => {
        if (!['BUSY', 'RUN_ENDED'].includes(faultOf(thrown).code)) throw thrown
        return null
      })
      if (own !== null) return own
    }
    await clock.wait(clock.now() + LOOK_MS, staying.signal).catch(() => undefined)
  }
  return null
}
