import type { LeftOver } from '../procedure/steps/mend/offers.ts'
import type { Plan } from '../workflow/plan.ts'
import type { Store, StoredRun } from './ports/store.ts'
import { rememberedOf } from './turn.ts'

/** What the runs of this store wrote down as left on hosts of the farms of these plans. */
export async function leftOver(store: Pick<Store, 'list'>, plans: readonly Plan[]): Promise<LeftOver> {
  return leftBy(await store.list(), plans)
}

/** The same of runs that were listed. One that has not ended mends its own. */
export function leftBy(runs: readonly StoredRun[], plans: readonly Plan[]): LeftOver {
  const ended = runs.filter((one) => one.state === 'ended' && plans.some((plan) => isSameFarm(plan, one.plan as Plan)))
  const memories = ended.map((one) => ({
    run: one.run,
    title: one.title,
    file: (one.plan as Plan).source.file,
    memory: rememberedOf(one).memory,
  }))
  return {
    mounts: memories.flatMap(({ run, title, file, memory: { ownMount, disk } }) =>
      ownMount === null || disk === null ? [] : [{ run, title, file, server: ownMount, guid: disk.guid }],
    ),
    backups: memories.flatMap(({ run, memory: { tokens } }) => (tokens === null ? [] : [{ run, ...tokens }])),
  }
}

/** Whether two plans are about one farm: by name; simulated farms of one name are told apart by their folders. */
export function isSameFarm({ farm, source }: Plan, other: Plan): boolean {
  if (farm.name !== other.farm.name || source.simulated !== other.source.simulated) return false
  return source.simulated !== true || source.inventory === other.source.inventory
}
