import type { Composition } from '../../../compose.ts'
import { survey } from '../../../engine/survey.ts'
import type { World } from '../../../engine/drive.ts'
import { Fault } from '../../../faults/fault.ts'
import type { Person } from '../../../procedure/events.ts'
import { digestOf, movedBetween } from '../../../procedure/forecast/digest.ts'
import type { Forecast } from '../../../procedure/forecast/foreseen.ts'
import { forecast } from '../../../procedure/forecast.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { readWorkflow } from '../../../workflow/read-workflow.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { handsOf, type HandOptions } from '../by-hand/hands.ts'
import { openRuns, type OpenRun } from '../checking/open-runs.ts'
import { hostsOf } from '../hosts-of-plan.ts'
import { interrupts } from '../interrupts.ts'
import { keepPlan, keptPlan } from '../kept-plans.ts'
import type { CommonOptions } from '../options.ts'
import { withKeysRead } from '../own-keys.ts'
import { planEnd, planScreen } from '../screens/plan.ts'
import { planSum } from '../screens/plan-sum.ts'
import type { Terminal } from '../terminal.ts'

/** Options of `plan`. */
export interface PlanOptions extends CommonOptions, HandOptions {
  readonly lab?: string
  readonly inventory?: string
}

/** `plan FILE`: what a run would do now, read from live hosts. Changes nothing. Exit code 4 when a person would have to decide. */
export async function plan(file: string, options: PlanOptions, composition: Composition, terminal: Terminal): Promise<ExitCode> {
  const lab = options.lab === undefined ? null : await composition.startLab(options.lab)
  try {
    const inventory = lab?.inventory ?? options.inventory
    const workflow = readWorkflow(file, composition.files, inventory === undefined ? {} : { inventory })
    const plans = await withKeysRead(workflow.plans, composition)
    const hosts = await composition.hosts(workflow.inventory, plans.flatMap(hostsOf), handsOf(options, terminal))
    try {
      const forecasts = await foreseeAll(plans, hosts, composition.person(options.as ?? null), options.signal)
      const digest = digestOf(forecasts)
      keepPlan(composition.stateFolder, digest)
      const open = await openRuns(plans, options.store ?? null, composition)
      if (options.json === true) terminal.out(JSON.stringify({ plan: digest.hash, file, vdisks: forecasts, openRuns: open }))
      else if (options.quiet === true) terminal.out(digest.hash)
      else print(forecasts, open, { hash: digest.hash, file }, terminal)
      return forecasts.some(isBlocked) ? EXIT.held : EXIT.ok
    } finally {
      await hosts.close()
    }
  } finally {
    await lab?.close()
  }
}

/** Refuses with PLAN_MOVED, naming what is different, when a fresh plan is not the one that was agreed on. */
export async function refuseIfMoved(
  wanted: string,
  of: { readonly file: string; readonly plans: readonly Plan[]; readonly by: Person; readonly signal: AbortSignal | undefined },
  hosts: World['hosts'],
  composition: Composition,
): Promise<void> {
  const now = digestOf(await foreseeAll(of.plans, hosts, of.by, of.signal))
  if (now.hash === wanted) return
  keepPlan(composition.stateFolder, now)
  const before = keptPlan(composition.stateFolder, wanted)
  const moved =
    before === undefined
      ? `plan ${wanted} was not made with this state folder; the plan of now is ${now.hash}`
      : movedBetween(before, now.lines).join('; ')
  throw new Fault('PLAN_MOVED', { plan: wanted, moved, now: now.hash, file: of.file })
}

async function foreseeAll(
  plans: readonly Plan[],
  hosts: World['hosts'],
  by: Person,
  signal?: AbortSignal,
): Promise<readonly Forecast[]> {
  const stop = interrupts(() => undefined, signal)
  try {
    return await Promise.all(plans.map((one) => survey(hosts, forecast(one, by), stop.signal)))
  } catch (thrown) {
    throw stop.signal.aborted ? new Fault('PLAN_INTERRUPTED', { file: plans[0]?.source.file }) : thrown
  } finally {
    stop.dispose()
  }
}

function isBlocked({ steps }: Forecast): boolean {
  return steps.some(({ outlook }) => outlook === 'blocked')
}

function print(
  forecasts: readonly Forecast[],
  open: readonly OpenRun[],
  typed: { readonly hash: string; readonly file: string },
  terminal: Terminal,
): void {
  for (const one of forecasts) {
    for (const line of planScreen(one, typed.hash, terminal)) terminal.out(line)
    terminal.out('')
  }
  if (forecasts.length > 1) for (const line of [...planSum(forecasts, terminal), '']) terminal.out(line)
  for (const line of planEnd(forecasts, open, typed, terminal)) terminal.out(line)
}
