import type { Composition } from '../../../compose.ts'
import { beginRun } from '../../../engine/begin.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { readWorkflow } from '../../../workflow/read-workflow.ts'
import { verificationOf } from '../../../workflow/verification.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { hostsOf } from '../hosts-of-plan.ts'
import type { CommonOptions } from '../options.ts'
import { withKeysRead } from '../own-keys.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'
import { driveRuns } from './drive-runs.ts'
import { refuseIfMoved } from './plan.ts'

/** Options of `run`. */
export interface RunOptions extends CommonOptions {
  /** A farm file: the run happens on a simulated farm that lives as long as this command. */
  readonly lab?: string
  readonly inventory?: string
  /** The hash of a plan that was agreed on. */
  readonly plan?: string
}

/** `run FILE`: begins a run for each vDisk of the file and drives them. With a plan's hash only when a fresh plan has the same. */
export async function run(file: string, options: RunOptions, composition: Composition, terminal: Terminal): Promise<ExitCode> {
  return await runAs((plan) => plan, file, options, composition, terminal)
}

/** `verify FILE`: a run of each vDisk of the file that only looks at clones, whatever its scenario is. */
export async function verify(file: string, options: RunOptions, composition: Composition, terminal: Terminal): Promise<ExitCode> {
  return await runAs(verificationOf, file, options, composition, terminal)
}

async function runAs(
  changed: (plan: Plan) => Plan,
  file: string,
  options: RunOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const lab = options.lab === undefined ? null : await composition.startLab(options.lab)
  const store = composition.openStore(options.store ?? null)
  try {
    if (lab !== null && options.json !== true) {
      const told = `A simulated farm answers on loopback, ${String(lab.speed)} times as fast as a real one. Worlds: ${lab.worlds}.`
      for (const line of hanging('', told, terminal.width)) terminal.err(line)
    }
    const inventory = lab?.inventory ?? options.inventory
    const workflow = readWorkflow(file, composition.files, inventory === undefined ? {} : { inventory })
    const plans = await withKeysRead(workflow.plans.map(changed), composition)
    const by = composition.person(options.as ?? null)
    const world = await composition.world(workflow.inventory, store, plans.flatMap(hostsOf))
    if (options.plan !== undefined) await refuseIfMoved(options.plan, { file, plans, by }, world.hosts, composition)
    const jobs = plans.map((plan) => ({
      label: plan.title,
      claim: (on: typeof world) => beginRun(on, composition.ids, plan, by, composition.version),
    }))
    const code = await driveRuns(jobs, world, by, terminal, { ...options, record: composition.storeFile(options.store ?? null) })
    if (lab !== null && (code === EXIT.held || code === EXIT.interrupted)) {
      const told = `The simulated farm ended with this command, so this run cannot go on. One that stays: vdiskprep lab --farm ${String(options.lab)}`
      for (const line of hanging('', told, terminal.width)) terminal.err(line)
    }
    return code
  } finally {
    await store.close()
    await lab?.close()
  }
}
