import { join } from 'node:path'
import { beginRun, resumeRun } from '../../../src/engine/begin.ts'
import { drive } from '../../../src/engine/drive.ts'
import type { HandHost } from '../../../src/engine/ports/by-hand.ts'
import { fold, stamped } from '../../../src/procedure/fold.ts'
import { emptyView } from '../../../src/procedure/view-changes.ts'
import { readInventory } from '../../../src/workflow/read-workflow.ts'
import { maria, type LabFarm } from '../../run/harness.ts'
import { builtIn } from './built-in.ts'
import { operator } from './operator.ts'

/** The folder that travels, of a farm. */
export const stickOf = (farm: LabFarm) => join(farm.folder, 'stick')

/** One process of the program that drives a run by hand, until it stops by itself or `leaveAt` sees what makes people press Ctrl-C; until
 *  they do they rest when that is `not yet`. Without a run it begins one. */
export async function processOf(
  farm: LabFarm,
  run: string | null,
  leaveAt: (hosts: readonly HandHost[]) => boolean | 'not yet' = () => false,
  type: (host: string, line: string) => Promise<unknown> = builtIn(farm.model).type,
) {
  const interrupt = new AbortController()
  const person = operator(stickOf(farm), type, (hosts) => {
    const leaves = leaveAt(hosts)
    if (leaves === false) return 'works'
    if (leaves === 'not yet') return 'rests'
    setImmediate(() => {
      interrupt.abort()
      person.leaving.abort()
    })
    return 'rests'
  })
  const inventory = readInventory(farm.lab.files.inventory, farm.composition.files)
  const store = farm.openStore()
  const world = { ...(await farm.composition.world(inventory, store, [], person.hands)), farmClock: farm.lab.clock }
  const { ids } = farm.composition
  try {
    const own =
      run === null
        ? await beginRun(world, ids, await farm.plan('kms-new-image', { verify: { expedite: true } }), maria, 'test')
        : await resumeRun(world, ids, run, maria)
    const stop = await drive(world, own, maria, interrupt.signal)
    let view = emptyView(own.run)
    const events = []
    for await (const line of store.journal(own.run)) {
      view = fold(view, stamped(line))
      events.push(stamped(line).event)
    }
    return { run: own.run, stop, view, events, person }
  } finally {
    await world.hosts.close()
    await store.close()
  }
}
