import { resolve } from 'node:path'
import type { Composition } from '../../../compose.ts'
import { resumeRun } from '../../../engine/begin.ts'
import type { Store, StoredRun } from '../../../engine/ports/store.ts'
import { Fault } from '../../../faults/fault.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { readInventory } from '../../../workflow/read-workflow.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { ambiguous } from '../find-run.ts'
import { labHasEnded } from '../lab-ended.ts'
import { hostsOf } from '../hosts-of-plan.ts'
import type { CallerOptions } from '../options.ts'
import { handsOf, type HandOptions } from '../by-hand/hands.ts'
import { withKeysRead } from '../own-keys.ts'
import { asTyped } from '../screens/as-typed.ts'
import type { Terminal } from '../terminal.ts'
import { withRun, withStore } from '../with-store.ts'
import { driveRuns, driving } from './drive-runs.ts'

/** Options of `resume`. */
export interface ResumeOptions extends CallerOptions, HandOptions {
  readonly inventory?: string
}

/** `resume RUN`: takes a run up where it stands; `resume FILE`: all runs of a workflow file that have not ended, side by side. */
export async function resume(
  typed: string | undefined,
  options: ResumeOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  if (typed === undefined || !/\.ya?ml$/i.test(typed)) {
    const place = { ...options, toChange: true }
    return await withRun(composition, place, typed, (one, store) => takeUp([one], store, options, composition, terminal))
  }
  return await withStore(composition, options, async (store) => {
    const open = (await store.list()).filter((one) => one.state !== 'ended' && isOf(one, typed)).toReversed()
    const inventories = new Set(open.map(({ plan }) => (plan as Plan).source.inventory))
    if (inventories.size > 1 && options.inventory === undefined) throw ambiguous(typed, open)
    if (open.length > 0) return await takeUp(open, store, options, composition, terminal)
    terminal.err(asTyped(`No run of ${typed} is open.  Next:  vdiskprep run ${typed}`, terminal.said))
    return EXIT.ok
  })
}

/** Whether a run was begun with this workflow file. */
function isOf({ plan }: StoredRun, file: string): boolean {
  return resolve((plan as Plan).source.file) === resolve(file)
}

/** Drives runs on. What they need to reach their hosts is read again from the inventory they began with. */
async function takeUp(
  runs: readonly StoredRun[],
  store: Store,
  options: ResumeOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const plans = runs.map(({ plan }) => plan as Plan)
  const [{ run = '' } = {}, { source = null } = {}] = [runs[0], plans[0]]
  const gone = options.inventory === undefined && plans.some((plan) => labHasEnded(plan, composition.files))
  if (gone) throw new Fault('LAB_ENDED', { run })
  const inventory = readInventory(options.inventory ?? source?.inventory ?? '', composition.files)
  const by = composition.person(options.as ?? null)
  await withKeysRead(plans, composition)
  const hands = handsOf(options, terminal, store)
  const world = await composition.world(inventory, store, plans.flatMap(hostsOf), hands)
  const jobs = runs.map((one) => ({
    label: one.title,
    run: one.run,
    claim: (on: typeof world) => resumeRun(on, composition.ids, one.run, by),
  }))
  return await driveRuns(jobs, world, by, terminal, driving(options, composition, hands))
}
