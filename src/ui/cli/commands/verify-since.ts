import type { Store } from '../../../engine/ports/store.ts'
import { sealsOf, type Seal } from '../../../engine/seals.ts'
import { contextOf } from '../../../engine/turn.ts'
import { Fault } from '../../../faults/fault.ts'
import { compare } from '../../../procedure/drift/compare.ts'
import { recordOf } from '../../../procedure/drift/seal-record.ts'
import type { MachineLine } from '../../../report/events/event-schema.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { linesOf } from '../follow.ts'
import { driftLines } from '../screens/drift.ts'
import type { Terminal } from '../terminal.ts'

/** The run that last sealed the vDisk of a plan; with a number the one that made this version, else the one whose id begins so. Rejects with
 *  NOTHING_SEALED. */
export async function sealSince(store: Pick<Store, 'list'>, plan: Plan, since: string | true): Promise<Seal> {
  const seals = sealsOf(await store.list(), plan).filter(
    ({ run }) => run.outcome === 'verified' || run.outcome === 'sealed-unverified',
  )
  const wanted = ({ run, memory }: Seal) => since === true || String(memory.version) === since || run.run.startsWith(since)
  const found = seals.find(wanted)
  if (found !== undefined) return found
  const what = since === true ? '' : ` as version ${since}, and none that sealed it is called so`
  throw new Fault('NOTHING_SEALED', { name: plan.vdisk.name, what })
}

/** Tells what the run of a verification found against what was recorded when the vDisk was sealed. */
export async function tellDrift(
  store: Store,
  run: string,
  seal: Seal,
  terminal: Terminal,
  { json = false }: { readonly json?: boolean },
): Promise<void> {
  const stored = await store.load(run)
  if (stored === undefined || stored.state !== 'ended') return
  const record = async (of: typeof stored) => {
    const { plan, memory } = contextOf(of)
    return recordOf(await linesOf(store, of.run), plan, memory)
  }
  const { windows, office, version } = seal.memory
  const drifts = compare(await record(seal.run), await record(stored), [windows.cmidBefore, office.cmidBefore])
  const since = { run: seal.run.run, at: seal.run.changedAt, version }
  const line: MachineLine = { v: 1, type: 'drift', run, since, drifts: [...drifts] }
  if (json) terminal.out(JSON.stringify(line))
  else for (const line of ['', ...driftLines(stored.title, since, drifts, terminal)]) terminal.out(line)
}
