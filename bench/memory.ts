import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { systemClock } from '../src/clock/system.ts'
import { beginRun } from '../src/engine/begin.ts'
import { drive } from '../src/engine/drive.ts'
import type { Store } from '../src/engine/ports/store.ts'
import { worldWith } from '../test/crash/boundaries.ts'
import { deskIn, type Desk } from './desk.ts'
import type { Farms } from './farms.ts'

/** Bytes of this process after a full collection. */
export interface Memory {
  readonly heap: number
  readonly resident: number
}

/** What runs cost a process: before them (one has gone through, so that everything is loaded), while all of them wait in the middle of step 9,
 *  and after their end. Their hosts are reached without SSH. */
export async function manyRuns(
  farms: Farms,
  folder: string,
  runs: number,
): Promise<{ readonly base: Memory; readonly underWay: Memory; readonly after: Memory }> {
  await farms.start('memory', join(folder, 'memory'), 0)
  const desk = deskIn(join(folder, 'memory'))
  farms.drop('memory')
  const store = desk.composition.openStore(null)
  await oneRun(farms, desk, store, 'warm', () => Promise.resolve())
  const base = memory()

  const waiting: { readonly go: () => void; readonly ended: Promise<void> }[] = []
  for (let n = 0; n < runs; n += 1) {
    const [arrived, gate] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
    const ended = oneRun(farms, desk, store, `run-${String(n)}`, () => {
      arrived.resolve(undefined)
      return gate.promise
    })
    await Promise.race([arrived.promise, ended])
    waiting.push({ go: () => gate.resolve(undefined), ended })
  }
  const underWay = memory()
  for (const { go, ended } of waiting) {
    go()
    await ended
  }
  const after = memory()
  await store.close()
  return { base, underWay, after }
}

/** One run on a farm of its own; `midway` is awaited once, before the first look at the canaries. */
async function oneRun(
  farms: Farms,
  { composition, plan, inventory }: Desk,
  store: Store,
  farm: string,
  midway: () => Promise<unknown>,
): Promise<void> {
  await farms.start(farm, null, 0)
  let passed = false
  const hosts = farms.hosts(farm, inventory)
  const world = worldWith({ store, hosts, clock: systemClock, farmClock: farms.clock(farm) }, async ({ place, point }) => {
    if (passed || place !== 'verify.watchCanaries' || point !== 'send') return
    passed = true
    await midway()
  })
  const by = composition.person(null)
  // Leases are named after the farm: on one of its own no run waits for another.
  const own = await beginRun(world, composition.ids, { ...plan, farm: { ...plan.farm, name: farm } }, by, 'bench')
  await drive(world, own, by, new AbortController().signal)
  const outcome = (await store.load(own.run))?.outcome
  if (outcome !== 'verified') throw new Error(`run ${own.run} ended as ${String(outcome)}`)
  farms.drop(farm)
}

function memory(): Memory {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heap: heapUsed + external, resident: rss }
}
