import { basename } from 'node:path'
import type { Store, StoredRun } from '../../engine/ports/store.ts'
import { Fault } from '../../faults/fault.ts'
import { nearest } from '../../workflow/nearest.ts'
import type { Plan } from '../../workflow/plan.ts'
import { diskOfPlan } from '../../workflow/resolve-plan.ts'
import { typedPosition } from './screens/position.ts'

/** How many runs are told when none or several could be meant. */
const TOLD = 5

/** The one run that was typed: by its id or the beginning of it, or by the name of its vDisk (title, name or Store/Name; case does not count),
 *  with or without the line that a screen showed (`8k2@41`). A name means the newest run of that vDisk; `toChange`: the only one that has not
 *  ended, if any has not. Without a text: the newest run of all. Throws UNKNOWN_RUN, AMBIGUOUS_RUN or NO_RUN_YET. */
export async function findRun(store: Store, typed: string | undefined, toChange = false): Promise<StoredRun> {
  if (typed === undefined) {
    const newest = (await store.list(1))[0]
    if (newest === undefined) throw new Fault('NO_RUN_YET')
    return newest
  }
  const { run } = typedPosition(typed)
  const byId = await runsById(store, run)
  if (byId[0]?.run === run) return byId[0]
  const all = await store.list()
  const named = all.filter((one) => isOf(one, run))
  const open = named.filter(({ state }) => state !== 'ended')
  const byName = !areOfOneDisk(named) ? named : toChange && open.length > 0 ? open : named.slice(0, 1)
  const meant = [...byId, ...byName]
  const [one, ...others] = meant.filter(({ run: id }, at) => meant.findIndex((other) => other.run === id) === at)
  if (one === undefined) throw new Fault('UNKNOWN_RUN', { run, near: nearTo(run, all) })
  if (others.length > 0) throw ambiguous(run, [one, ...others])
  return one
}

/** The run of exactly this id, else those whose id begins so. */
export async function runsById(store: Store, id: string): Promise<readonly StoredRun[]> {
  const found = await store.find(id)
  const exact = found.find(({ run }) => run === id)
  return exact === undefined ? found : [exact]
}

/** All runs of the vDisks of a name (title, name or Store/Name; case does not count), the newest first. Throws UNKNOWN_RUN where none is. */
export async function runsOfVDisk(store: Store, name: string): Promise<readonly StoredRun[]> {
  const all = await store.list()
  const named = all.filter((one) => isOf(one, name))
  if (named.length === 0) throw new Fault('UNKNOWN_RUN', { run: name, near: nearTo(name, all) })
  return named
}

function isOf(run: StoredRun, name: string): boolean {
  return namesOf(run).some((one) => one.toLowerCase() === name.toLowerCase())
}

function namesOf({ title, plan }: StoredRun): readonly string[] {
  const { vdisk } = plan as Partial<Plan>
  return vdisk === undefined ? [title] : [title, vdisk.name, `${vdisk.store}/${vdisk.name}`]
}

/** Whether runs of one name are of one vDisk: other farms and stores may have another of that name. */
function areOfOneDisk(runs: readonly StoredRun[]): boolean {
  return new Set(runs.map(({ plan }) => diskOfPlan(plan as Plan))).size <= 1
}

function nearTo(typed: string, all: readonly StoredRun[]): string {
  if (all.length === 0) return ''
  const names = new Map(all.toReversed().flatMap((one) => [one.run, ...namesOf(one)].map((name) => [name, one] as const)))
  const ofFile = typed === '' ? undefined : all.find((one) => basename(fileOf(one)) === basename(typed))
  const near = ofFile ?? names.get(nearest(typed, [...names.keys()]) ?? '')
  if (near !== undefined) return ` Did you mean ${told(near)}?`
  return ` The newest: ${all.slice(0, TOLD).map(told).join('; ')}.`
}

/** The workflow file that a run was begun with. */
function fileOf({ plan }: StoredRun): string {
  return (plan as Partial<Plan>).source?.file ?? ''
}

/** AMBIGUOUS_RUN with the runs that may be meant. */
export function ambiguous(run: string, among: readonly StoredRun[]): Fault {
  return new Fault('AMBIGUOUS_RUN', { run, matches: among.slice(0, TOLD).map(told) })
}

function told({ run, title, state, outcome }: StoredRun): string {
  return `${run} (${title}, ${outcome ?? state})`
}
