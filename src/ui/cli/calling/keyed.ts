import type { Composition } from '../../../compose.ts'
import { beginRun, resumeRun } from '../../../engine/begin.ts'
import type { World } from '../../../engine/drive.ts'
import type { Store } from '../../../engine/ports/store.ts'
import { Fault } from '../../../faults/fault.ts'
import type { Person } from '../../../procedure/events.ts'
import { planHash } from '../../../workflow/plan-hash.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { diskOfPlan } from '../../../workflow/resolve-plan.ts'
import { labHasEnded } from '../lab-ended.ts'
import type { Job } from '../commands/drive-runs.ts'

/** What a caller asked for under a key, and what was begun for it before: a run for each vDisk, by the vDisk. */
export interface Keyed {
  readonly name: string
  readonly content: string
  readonly runs: ReadonlyMap<string, { readonly run: string; readonly ended: boolean }>
}

/** Looks up what was begun under a key; null without one. `wanted` is all that makes it the same thing: the words of the command and the
 *  plans, whatever their files look like. Rejects with KEY_TAKEN when the key was used for something else, and with LAB_ENDED when its run
 *  can never go on. */
export async function keyed(
  store: Store,
  name: string | undefined,
  wanted: unknown,
  plans: readonly Plan[],
  { files }: Pick<Composition, 'files'>,
): Promise<Keyed | null> {
  if (name === undefined) return null
  if (!/^[\w.:@/+-]{1,200}$/.test(name))
    throw new Fault('OPTION_INVALID', { option: '--key', value: name, expected: 'a name of letters, digits and . _ : @ / + -' })
  const content = planHash([wanted, plans.map(({ source }) => source.hash)])
  const before = await store.keyed(name)
  const other = before.find((one) => one.content !== content)
  if (other !== undefined)
    throw new Fault('KEY_TAKEN', { key: name, run: other.run, why: 'what was wanted then is not what is wanted now' })
  const runs = await Promise.all(
    before.map(async ({ subject, run }) => {
      const stored = await store.load(run)
      const ended = stored?.state === 'ended'
      if (stored !== undefined && !ended && labHasEnded(stored.plan as Plan, files)) throw new Fault('LAB_ENDED', { run })
      return [subject, { run, ended }] as const
    }),
  )
  return { name, content, runs: new Map(runs) }
}

/** How the run of a plan is got hold of: begun; or taken up, or only told, when it was begun under this key before. */
export function jobFor(plan: Plan, key: Keyed | null, by: Person, composition: Composition, as = plan): Job {
  const subject = diskOfPlan(plan)
  const before = key?.runs.get(subject)
  const label = plan.title
  if (before !== undefined) {
    const claim = (on: World) => resumeRun(on, composition.ids, before.run, by)
    return { label, run: before.run, ...(before.ended && { endedUnder: key?.name ?? '' }), claim }
  }
  const named = key === null ? undefined : { name: key.name, content: key.content, subject }
  return { label, claim: (on) => beginRun(on, composition.ids, as, by, composition.version, named) }
}
