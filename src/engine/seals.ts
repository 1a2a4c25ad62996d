import type { Memory } from '../procedure/memory.ts'
import type { Plan, SealedBy } from '../workflow/plan.ts'
import { isSameFarm } from './left-over.ts'
import type { StoredRun, Store } from './ports/store.ts'
import { rememberedOf } from './turn.ts'

/** A run that sealed a vDisk, with what it remembers. */
export interface Seal {
  readonly run: StoredRun
  readonly memory: Memory
}

/** The runs of this store that sealed the vDisk of a plan or made a version of it, the last begun first. */
export function sealsOf(runs: readonly StoredRun[], plan: Plan): readonly Seal[] {
  return runs
    .filter((one) => isSameDisk(plan, one.plan as Plan))
    .map((run) => ({ run, memory: rememberedOf(run).memory }))
    .filter(({ memory }) => memory.sealed !== null)
    .toSorted((one, other) => other.run.startedAt - one.run.startedAt)
}

/** What the journal knows of the vDisk that is looked at, or of one version of it: by the last run that sealed it. */
export async function sealedBy(store: Pick<Store, 'list'>, plan: Plan, version: number | null): Promise<SealedBy | null> {
  const seals = sealsOf(await store.list(), plan)
  const seal = version === null || version === 0 ? seals[0] : seals.find(({ memory }) => memory.version === version)
  if (seal === undefined) return null
  const { windows, office, version: made } = seal.memory
  return { run: seal.run.run, version: made, windowsCmid: windows.cmidBefore, officeCmid: office.cmidBefore }
}

/** The last run that ended and had looked at clones of a vDisk. `at` in milliseconds of farm time. */
export interface LastProof {
  readonly run: string
  readonly at: number
  readonly outcome: string
}

/** Which run of this store last looked at clones of the vDisk of a plan; null when none did. */
export function lastProof(runs: readonly StoredRun[], plan: Plan): LastProof | null {
  const looked = runs.filter(
    (one) => one.outcome !== null && isSameDisk(plan, one.plan as Plan) && rememberedOf(one).memory.clones.length > 0,
  )
  const [last] = looked.toSorted((one, other) => other.changedAt - one.changedAt)
  return last === undefined ? null : { run: last.run, at: last.changedAt, outcome: last.outcome ?? '' }
}

/** Whether two plans are about one vDisk of one farm. PVS compares names without case. */
export function isSameDisk(plan: Plan, other: Plan): boolean {
  const address = ({ farm, vdisk }: Plan) => [farm.site, vdisk.store, vdisk.name].join('\n').toLowerCase()
  return isSameFarm(plan, other) && address(plan) === address(other)
}
