import type { Look } from '../../../diagnosis/check.ts'
import { targetIsOff } from '../../../diagnosis/subjects.ts'
import type { Store, StoredRun } from '../../../engine/ports/store.ts'
import { isSameDisk } from '../../../engine/seals.ts'
import { rememberedOf } from '../../../engine/turn.ts'
import { fold, stamped, type Stamped } from '../../../procedure/fold.ts'
import { rearmsLeft, type Rearmed } from '../../../procedure/rearms.ts'
import { emptyView } from '../../../procedure/view-changes.ts'
import { FLEET_LINES } from '../../../report/fleet/fleet.ts'
import type { RecordedRearms } from '../../../report/doctor/report-schema.ts'
import type { Plan } from '../../../workflow/plan.ts'

/** LicenseMode of a disk for Multiple Activation Keys, which spends no rearm. Source: pvs.md 4.1. */
const MAK = 1

/** The last counters that runs wrote down of the vDisk of a plan. Whoever works on the image without a run changes them unseen. */
export async function recordedRearms(
  store: Pick<Store, 'across'>,
  runs: readonly StoredRun[],
  plan: Plan,
): Promise<RecordedRearms> {
  const own = runs
    .filter((one) => isSameDisk(plan, one.plan as Plan))
    .toSorted((one, other) => other.startedAt - one.startedAt)
    .map((one) => ({ run: one.run, memory: rememberedOf(one).memory }))
  const reader = (product: Rearmed) => own.find(({ memory }) => memory[product].rearmsBefore !== null)?.run
  const readers = { windows: reader('windows'), office: reader('office') }
  const named = [...new Set(Object.values(readers))].filter((run) => run !== undefined)
  if (named.length === 0) return { windows: null, office: null }
  const lines = (await store.across(FLEET_LINES, named)).map(stamped)
  const of = (product: Rearmed) =>
    toldBy(
      lines.filter(({ run }) => run === readers[product]),
      product,
    )
  return { windows: of('windows'), office: of('office') }
}

/** What the journal of one run tells of a counter: when it learnt it last, and to how many that came. */
function toldBy(lines: readonly Stamped[], product: Rearmed): RecordedRearms[Rearmed] {
  let view = emptyView(lines[0]?.run ?? '')
  let at = 0
  for (const line of lines) {
    const before = view.memory[product].rearmsBefore
    view = fold(view, line)
    if (view.memory[product].rearmsBefore !== before) at = line.at
  }
  const [left, read] = [rearmsLeft(view, product), view.memory[product].rearmsBefore]
  return left === null || read === null ? null : { run: view.run, at: new Date(at).toISOString(), read, left }
}

/** Why the record is asked instead of the host, product by product; null where the host tells by itself, or nobody wants to know. */
export function whyRecorded(look: Look): Readonly<Record<Rearmed, string | null>> {
  const { plan, target } = look
  if (plan.seal.licenseMode === MAK) return { windows: null, office: null }
  if (target !== null) {
    const why = target.officeRearmed
      ? `a rearm of Office was begun on ${plan.target.device}, which is not asked about it before the seal`
      : null
    return { windows: null, office: why }
  }
  const why = targetIsOff(look) ? `${plan.target.device} is off` : `${plan.target.device} was not seen`
  return { windows: why, office: why }
}
