import type { Composition } from '../../../compose.ts'
import type { Look } from '../../../diagnosis/check.ts'
import { diagnose } from '../../../diagnosis/diagnose.ts'
import { leftOver } from '../../../engine/left-over.ts'
import { Fault } from '../../../faults/fault.ts'
import { MENDABLE, offerFor, type LeftOver } from '../../../procedure/steps/mend/offers.ts'
import { mendingOf } from '../../../workflow/mending.ts'
import type { Mend, Plan } from '../../../workflow/plan.ts'
import { jobFor, keyed } from '../calling/keyed.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { handsOf } from '../by-hand/hands.ts'
import { hostsOf } from '../hosts-of-plan.ts'
import type { CallerOptions } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { withStore } from '../with-store.ts'
import { refuseUnknownChecks } from './doctor-explain.ts'
import { lookAt, plansOf } from './doctor-look.ts'
import { driveRuns, driving, type Job } from './drive-runs.ts'

/** Options of `doctor` that --fix heeds. */
export interface FixOptions extends CallerOptions {
  readonly lab?: string
  readonly inventory?: string
}

/** `doctor FILE --fix CHECK`: begins a run that mends what this check found, one for each vDisk, and drives it to the approval it waits for.
 *  Exit code 0 when there is nothing to mend. Throws NOT_MENDED when nothing of it is safe to mend, before any run is begun. */
export async function fix(
  file: string,
  check: string,
  options: FixOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  refuseUnknownChecks([check])
  if (!MENDABLE.includes(check)) throw new Fault('NOT_MENDABLE', { check, mendable: MENDABLE })
  if (options.lab !== undefined)
    throw new Fault('OPTION_INVALID', {
      option: '--lab',
      value: options.lab,
      expected: 'of use with --fix: begin a lab that stays',
    })
  const { plans, inventory } = await plansOf(file, options.inventory, composition)
  return await withStore(composition, options, async (store) => {
    const hands = handsOf(options, terminal, store)
    const world = await composition.world(inventory, store, plans.flatMap(hostsOf), hands)
    const by = composition.person(options.as ?? null)
    const key = await keyed(store, options.key, ['fix', check], plans, composition)
    const told = (jobs: readonly Job[]) => driveRuns(jobs, world, by, terminal, driving(options, composition, hands))
    if (key !== null && key.runs.size > 0)
      return await told(plans.map((plan) => jobFor(plan, key, by, composition)).filter(({ run }) => run !== undefined))
    const looks = await lookAt(plans, world.hosts, terminal)
    if (looks === null) return EXIT.interrupted
    const mends = mendsFor(check, looks, await leftOver(store, plans))
    if (mends.size === 0) terminal.out(`Nothing to mend: ${check} is in order.`)
    return await told([...mends].map(([plan, mend]) => jobFor(plan, key, by, composition, mendingOf(plan, mend))))
  })
}

/** One thing to mend for each plan: what is found on a second host is mended after the first. */
function mendsFor(check: string, looks: readonly Look[], left: LeftOver): ReadonlyMap<Plan, Mend> {
  const found = looks.flatMap((look) =>
    diagnose(look, [check])
      .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'na')
      .map((finding) => ({ plan: look.plan, host: finding.host, offer: offerFor(finding, look, left) })),
  )
  const mends = new Map<Plan, Mend>()
  for (const { plan, offer } of found) if (offer.is === 'act' && !mends.has(plan)) mends.set(plan, offer.mend)
  const [first] = found
  if (first?.offer.is === 'none' && mends.size === 0)
    throw new Fault('NOT_MENDED', { check, host: first.host, why: first.offer.why })
  return mends
}
