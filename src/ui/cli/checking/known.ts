import { existsSync } from 'node:fs'
import type { Composition } from '../../../compose.ts'
import type { DiskRecord, Look, OwnAct } from '../../../diagnosis/check.ts'
import { leftBy } from '../../../engine/left-over.ts'
import { ownActs } from '../../../engine/own-acts.ts'
import type { Store, StoredRun } from '../../../engine/ports/store.ts'
import { Fault } from '../../../faults/fault.ts'
import { actsSought } from '../../../procedure/checkup.ts'
import type { LeftOver } from '../../../procedure/steps/mend/offers.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { withStore } from '../with-store.ts'
import type { RecordedRearms } from '../../../report/doctor/report-schema.ts'
import { diskRecord } from './disk-record.ts'
import { knownProof, type KnownProof } from './last-look.ts'
import { recordedRearms } from './recorded-rearms.ts'

/** What the runs of a store tell of one vDisk: their acts behind changes of the last hour, who last looked at clones, who opened or sealed it,
 *  and the last counters. */
export interface KnownOfDisk {
  readonly own: readonly OwnAct[]
  readonly proof: KnownProof | null
  readonly record: DiskRecord
  readonly rearms: RecordedRearms
}

/** The same of all that the doctor looked at, and what runs left on hosts. */
export interface Known {
  readonly left: LeftOver
  readonly of: ReadonlyMap<Plan, KnownOfDisk>
}

const NOTHING: KnownOfDisk = {
  own: [],
  proof: null,
  record: { working: null, last: null },
  rearms: { windows: null, office: null },
}

/** What is known of earlier runs. The store is only read, and its runs listed once; without one, or with one that cannot be read, nothing is
 *  known to be ours. */
export async function askStore(path: string | null, looks: readonly Look[], composition: Composition): Promise<Known> {
  const nothing = { left: { mounts: [], backups: [] }, of: new Map() }
  if (!existsSync(composition.storeFile(path))) return nothing
  try {
    return await withStore(composition, { ...(path === null ? {} : { store: path }), readOnly: true }, async (store) => {
      const runs = await store.list()
      const of = await Promise.all(looks.map(async (look) => [look.plan, await knownOfDisk(look, runs, store)] as const))
      const plans = looks.map(({ plan }) => plan)
      return { left: leftBy(runs, plans), of: new Map(of) }
    })
  } catch (thrown) {
    if (thrown instanceof Fault) return nothing
    throw thrown
  }
}

async function knownOfDisk({ plan, disk }: Look, runs: readonly StoredRun[], store: Store): Promise<KnownOfDisk> {
  const since = actsSought(disk)
  return {
    own: since === null ? [] : await ownActs(store, plan, since, runs),
    proof: knownProof(runs, plan),
    record: diskRecord(runs, plan),
    rearms: await recordedRearms(store, runs, plan),
  }
}

/** What is known of the vDisk of a plan. */
export function knownOf({ of }: Known, plan: Plan): KnownOfDisk {
  return of.get(plan) ?? NOTHING
}
