import type { DiskRecord } from '../../../diagnosis/check.ts'
import { wayOf } from '../../../diagnosis/way.ts'
import type { Plan } from '../../../workflow/plan.ts'
import type { StoredRun } from '../../../engine/ports/store.ts'
import { isSameDisk } from '../../../engine/seals.ts'
import { rememberedOf } from '../../../engine/turn.ts'

/** What runs of this store tell of the vDisk of a plan: who works on it, and who last sealed it or left it open. */
export function diskRecord(runs: readonly StoredRun[], plan: Plan): DiskRecord {
  const own = runs
    .filter((one) => isSameDisk(plan, one.plan as Plan))
    .toSorted((one, other) => other.changedAt - one.changedAt)
    .map((run) => ({ run, memory: rememberedOf(run).memory }))
  const [working] = own.filter(({ run, memory }) => run.state !== 'ended' && memory.sealed === null && opens(run.plan as Plan))
  const [last = null] = own.flatMap(({ run, memory }): readonly Last[] => {
    const { sealed, touched, undo, version, disk } = memory
    const told = { run: run.run, at: new Date(run.changedAt).toISOString(), outcome: run.outcome ?? 'not ended' }
    if (sealed !== null) return [{ ...told, did: 'sealed', guid: sealed.diskGuid }]
    const opened = version === null && (touched || undo.some(({ is }) => is === 'mode'))
    return run.state === 'ended' && opened && disk !== null ? [{ ...told, did: 'left open', guid: disk.guid }] : []
  })
  const inWork = working === undefined ? null : { run: working.run.run, inWindow: working.memory.window !== null }
  return { working: inWork, last }
}

type Last = NonNullable<DiskRecord['last']>

/** Whether a run of a plan opens the image; one that looks at clones, or mends what the doctor found, does not. */
function opens(plan: Plan): boolean {
  return wayOf(plan) !== 'closed' && plan.mend === undefined
}
