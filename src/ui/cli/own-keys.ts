import type { Composition } from '../../compose.ts'
import { ownKeysOf, withOwnKeys } from '../../workflow/own-keys.ts'
import type { Plan } from '../../workflow/plan.ts'

/** Reads the keys of a site's own that plans name, before anything is drawn or begun, and gives the plans with their last five characters.
 *  Rejects with SECRET_MISSING or KEY_UNUSABLE. */
export async function withKeysRead(plans: readonly Plan[], composition: Composition): Promise<readonly Plan[]> {
  const values = new Map<string, string>()
  for (const plan of plans)
    for (const { reference } of ownKeysOf(plan))
      if (!values.has(reference)) values.set(reference, await composition.readKey(reference, plan.target.host))
  return plans.map((plan) => withOwnKeys(plan, values))
}
