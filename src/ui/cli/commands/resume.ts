import type { Composition } from '../../../compose.ts'
import { resumeRun } from '../../../engine/begin.ts'
import { Fault } from '../../../faults/fault.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { readInventory } from '../../../workflow/read-workflow.ts'
import type { ExitCode } from '../exit-codes.ts'
import { labHasEnded } from '../lab-ended.ts'
import { hostsOf } from '../hosts-of-plan.ts'
import type { CallerOptions } from '../options.ts'
import { handsOf, type HandOptions } from '../by-hand/hands.ts'
import { withKeysRead } from '../own-keys.ts'
import type { Terminal } from '../terminal.ts'
import { withRun } from '../with-store.ts'
import { driveRuns, driving } from './drive-runs.ts'

/** Options of `resume`. */
export interface ResumeOptions extends CallerOptions, HandOptions {
  readonly inventory?: string
}

/** `resume RUN`: takes a run up where it stands. What it needs to reach the hosts is read again from the inventory it began with. */
export async function resume(
  prefix: string | undefined,
  options: ResumeOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  return await withRun(composition, { ...options, toChange: true }, prefix, async (stored, store) => {
    const plan = stored.plan as Plan
    if (options.inventory === undefined && labHasEnded(plan, composition.files)) throw new Fault('LAB_ENDED', { run: stored.run })
    const inventory = readInventory(options.inventory ?? plan.source.inventory, composition.files)
    const by = composition.person(options.as ?? null)
    await withKeysRead([plan], composition)
    const hands = handsOf(options, terminal, store)
    const world = await composition.world(inventory, store, hostsOf(plan), hands)
    const job = {
      label: stored.title,
      run: stored.run,
      claim: (on: typeof world) => resumeRun(on, composition.ids, stored.run, by),
    }
    return await driveRuns([job], world, by, terminal, driving(options, composition, hands))
  })
}
