import type { Composition } from '../../../compose.ts'
import type { Look } from '../../../diagnosis/check.ts'
import type { Hosts } from '../../../engine/ports/hosts.ts'
import { survey } from '../../../engine/survey.ts'
import { checkups } from '../../../procedure/checkup.ts'
import type { Inventory } from '../../../workflow/inventory.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { readWorkflow } from '../../../workflow/read-workflow.ts'
import { interrupts } from '../interrupts.ts'
import { withKeysRead } from '../own-keys.ts'
import type { Terminal } from '../terminal.ts'

/** The plans of a workflow file with the hosts they name. */
export async function plansOf(
  file: string,
  inventory: string | undefined,
  composition: Composition,
): Promise<{ readonly plans: readonly Plan[]; readonly inventory: Inventory }> {
  const workflow = readWorkflow(file, composition.files, inventory === undefined ? {} : { inventory })
  return { plans: await withKeysRead(workflow.plans, composition), inventory: workflow.inventory }
}

/** Asks all hosts of the plans at once; null when Ctrl-C ended it, which is said. */
export async function lookAt(plans: readonly Plan[], hosts: Hosts, terminal: Terminal): Promise<readonly Look[] | null> {
  const stop = interrupts(() => undefined)
  try {
    return await survey(hosts, checkups(plans), stop.signal)
  } catch (thrown) {
    if (!stop.signal.aborted) throw thrown
    terminal.err('Stopped. Nothing was changed.')
    return null
  } finally {
    stop.dispose()
  }
}
