import { actsSought } from '../procedure/checkup.ts'
import type { RunEvent } from '../procedure/events.ts'
import type { Looked } from '../procedure/chart/signals.ts'
import type { Plan } from '../workflow/plan.ts'
import type { DiskState } from '../wire/operations/farm-state.ts'
import { isSameFarm } from './left-over.ts'
import type { Store, StoredRun } from './ports/store.ts'

/** An act of a run: from when to when it may have changed something, in milliseconds. */
interface Acted {
  readonly run: string
  readonly from: number
  readonly to: number
}

/** When runs of this store changed something on the PVS servers of a plan's farm, by their journals: from the intent to its end, by the clock
 *  of this side. An act without an end counts as a moment. Runs that did nothing after `since` are left out; `listed` are all runs. */
export async function ownActs(
  store: Pick<Store, 'list' | 'across'>,
  plan: Plan,
  since = 0,
  listed?: readonly StoredRun[],
): Promise<readonly Acted[]> {
  const runs = (listed ?? (await store.list())).filter((one) => one.changedAt >= since && isSameFarm(plan, one.plan as Plan))
  const lines = await store.across(
    ['intended', 'acted', 'settled'],
    runs.map(({ run }) => run),
  )
  const ends = new Map<string, number>()
  for (const { run, type, at, body } of lines)
    if (type !== 'intended') ends.set(`${run} ${(body as { effect: string }).effect}`, at)
  return lines.flatMap(({ run, type, at, body }) => {
    if (type !== 'intended') return []
    const { effect, host } = body as Extract<RunEvent, { type: 'intended' }>
    return plan.farm.servers.includes(host) ? [{ run, from: at, to: ends.get(`${run} ${effect}`) ?? at }] : []
  })
}

/** What a look brought, with the acts of this store's runs as `own.journal`: asked for only where the audit trail shows a change. */
export async function withOwnActs(looked: Looked, store: Pick<Store, 'list' | 'across'>, plan: Plan): Promise<Looked> {
  const disks = Object.values((looked.now['disk'] ?? {}) as Readonly<Record<string, Partial<DiskState>>>)
  const since = disks.flatMap((disk) => actsSought(disk) ?? [])
  if (since.length === 0) return looked
  return { ...looked, now: { ...looked.now, own: { journal: await ownActs(store, plan, Math.min(...since)) } } }
}
