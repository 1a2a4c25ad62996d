import type { Composition } from '../../../compose.ts'
import { beginRun } from '../../../engine/begin.ts'
import { readWorkflow } from '../../../workflow/read-workflow.ts'
import type { ExitCode } from '../exit-codes.ts'
import type { CommonOptions } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { driveRuns } from './drive-runs.ts'

export interface RunOptions extends CommonOptions {
  /** A farm file: the run happens on a simulated farm that lives as long as this command. */
  readonly lab?: string
  readonly inventory?: string
}

/** `run FILE`: begins a run for each vDisk of the file and drives them. */
export async function run(file: string, options: RunOptions, composition: Composition, terminal: Terminal): Promise<ExitCode> {
  const lab = options.lab === undefined ? null : await composition.startLab(options.lab)
  const store = composition.openStore(options.store ?? null)
  try {
    if (lab !== null && options.json !== true)
      terminal.err(
        `A simulated farm answers on loopback, ${String(lab.speed)} times as fast as a real one. Worlds: ${lab.worlds}.`,
      )
    const inventory = lab?.inventory ?? options.inventory
    const workflow = readWorkflow(file, composition.files, inventory === undefined ? {} : { inventory })
    const by = composition.person(options.as ?? null)
    const world = await composition.world(workflow.inventory, store)
    const jobs = workflow.plans.map((plan) => ({
      label: plan.title,
      claim: (on: typeof world) => beginRun(on, composition.ids, plan, by, composition.version),
    }))
    return await driveRuns(jobs, world, by, terminal, options)
  } finally {
    await store.close()
    await lab?.close()
  }
}
