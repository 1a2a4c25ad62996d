import type { Composition } from '../../../compose.ts'
import type { Store } from '../../../engine/ports/store.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { readWorkflow } from '../../../workflow/read-workflow.ts'
import { jobFor, keyed } from '../calling/keyed.ts'
import { diskOfPlan } from '../../../workflow/resolve-plan.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { hostsOf } from '../hosts-of-plan.ts'
import type { CallerOptions } from '../options.ts'
import { handsOf, type HandOptions } from '../by-hand/hands.ts'
import { withKeysRead } from '../own-keys.ts'
import { hanging } from '../screens/wrap.ts'
import type { Terminal } from '../terminal.ts'
import { withStore } from '../with-store.ts'
import { driveRuns, driving, type Job } from './drive-runs.ts'
import { refuseIfMoved } from './plan.ts'

/** Options of `run`. */
export interface RunOptions extends CallerOptions, HandOptions {
  /** A farm file: the run happens on a simulated farm that lives as long as this command. */
  readonly lab?: string
  readonly inventory?: string
  /** The hash of a plan that was agreed on. */
  readonly plan?: string
}

/** What a command makes of a file: which plans, under which name for `--key`, and what it tells after their runs. */
interface Doing {
  readonly as: string
  plans(plans: readonly Plan[], store: Store): Promise<readonly Plan[]>
  /** `runs` by their vDisks (diskOfPlan). */
  after(runs: ReadonlyMap<string, string>, store: Store): Promise<void>
}

/** `run FILE`: begins a run for each vDisk of the file and drives them. With a plan's hash only when a fresh plan has the same. */
export async function run(file: string, options: RunOptions, composition: Composition, terminal: Terminal): Promise<ExitCode> {
  const asWritten: Doing = { as: 'run', plans: (plans) => Promise.resolve(plans), after: () => Promise.resolve() }
  return await runAs(file, options, composition, terminal, asWritten)
}

/** Runs for the vDisks of a file, as a command wants them. */
export async function runAs(
  file: string,
  options: RunOptions,
  composition: Composition,
  terminal: Terminal,
  doing: Doing,
): Promise<ExitCode> {
  const lab = options.lab === undefined ? null : await composition.startLab(options.lab)
  try {
    return await withStore(composition, options, async (store) => {
      if (lab !== null && options.json !== true) {
        const told = `A simulated farm answers on loopback, ${String(lab.speed)} times as fast as a real one. Worlds: ${lab.worlds}.`
        for (const line of hanging('', told, terminal.width)) terminal.err(line)
      }
      const inventory = lab?.inventory ?? options.inventory
      const workflow = readWorkflow(file, composition.files, inventory === undefined ? {} : { inventory })
      const plans = await withKeysRead(await doing.plans(workflow.plans, store), composition)
      const by = composition.person(options.as ?? null)
      const hands = handsOf(options, terminal, store)
      const world = await composition.world(workflow.inventory, store, plans.flatMap(hostsOf), hands)
      const key = await keyed(store, options.key, doing.as, plans, composition)
      if (options.plan !== undefined && !key?.runs.size)
        await refuseIfMoved(options.plan, { file, plans, by, signal: options.signal }, world.hosts, composition)
      const runs = new Map<string, string>()
      const jobs = plans.map((plan): Job => {
        const job = jobFor(plan, key, by, composition)
        if (job.run !== undefined) runs.set(diskOfPlan(plan), job.run)
        const claim: Job['claim'] = async (on) => {
          const own = await job.claim(on)
          runs.set(diskOfPlan(plan), own.run)
          return own
        }
        return { ...job, claim }
      })
      const after = () => doing.after(runs, store)
      const driven = driving(options, composition, hands)
      const code = await driveRuns(jobs, world, by, terminal, options.json === true ? { ...driven, lastWords: after } : driven)
      if (options.json !== true) await after()
      if (lab !== null && [EXIT.held, EXIT.interrupted, EXIT.timedOut].some((one) => one === code)) {
        const told = `The simulated farm ended with this command, so this run cannot go on. One that stays: vdiskprep lab --farm ${String(options.lab)}`
        for (const line of hanging('', told, terminal.width)) terminal.err(line)
      }
      return code
    })
  } finally {
    await lab?.close()
  }
}
