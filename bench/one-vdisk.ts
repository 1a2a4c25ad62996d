import { join } from 'node:path'
import { systemClock } from '../src/clock/system.ts'
import { beginRun } from '../src/engine/begin.ts'
import { drive } from '../src/engine/drive.ts'
import type { Clock } from '../src/engine/ports/clock.ts'
import type { Hosts } from '../src/engine/ports/hosts.ts'
import { operations } from '../src/wire/operations/catalogue.ts'
import { Bare, type Entry } from './bare.ts'
import { deskIn } from './desk.ts'
import type { Farms } from './farms.ts'

/** How long every host takes for an operation. Real milliseconds. */
export const ANSWER_MS = 25

/** A run and its peer: wall in milliseconds, processor time of this process in milliseconds, and what was asked. */
export interface Pair {
  readonly run: Cost
  readonly bare: Cost
  readonly requests: number
  readonly connections: number
}

interface Cost {
  readonly wall: number
  readonly cpu: number
}

/** Drives one vDisk from begin to verified over SSH, then sends the same requests by a bare script to a farm that is the same. */
export async function oneVDisk(farms: Farms, folder: string, name: string): Promise<Pair> {
  const [ours, theirs] = [`${name}-run`, `${name}-bare`]
  const entries: Entry[] = []
  await farms.start(ours, join(folder, ours), ANSWER_MS)
  const run = await cost(() => oneRun(farms, join(folder, ours), ours, entries))
  farms.drop(ours)
  await farms.start(theirs, join(folder, theirs), ANSWER_MS)
  const { inventory } = deskIn(join(folder, theirs))
  const clock = farms.clock(theirs)
  const never = new AbortController().signal
  const bare = await cost(() => new Bare(inventory).replay(entries, (until) => clock.wait(until, never)))
  farms.drop(theirs)
  const of = (is: Entry['is']) => entries.filter((entry) => entry.is === is).length
  return { run, bare, requests: of('request'), connections: of('open') }
}

async function oneRun(farms: Farms, folder: string, farm: string, entries: Entry[]): Promise<void> {
  const { composition, plan, inventory } = deskIn(folder)
  const store = composition.openStore(null)
  const world = await composition.world(inventory, store)
  const noted = noting(entries, world.hosts, farms.clock(farm))
  const by = composition.person(null)
  const own = await beginRun({ ...world, ...noted, clock: systemClock }, composition.ids, plan, by, 'bench')
  await drive({ ...world, ...noted, clock: systemClock }, own, by, new AbortController().signal)
  const outcome = (await store.load(own.run))?.outcome
  await world.hosts.close()
  await store.close()
  if (outcome !== 'verified') throw new Error(`the run ended as ${String(outcome)}`)
}

/** Notes what goes over the wire: what begins while something is under way belongs to the same batch. */
function noting(entries: Entry[], hosts: Hosts, clock: Clock): { hosts: Hosts; farmClock: Clock } {
  let [batch, underWay] = [0, 0]
  const during = async <T>(work: () => Promise<T>): Promise<T> => {
    underWay += 1
    try {
      return await work()
    } finally {
      underWay -= 1
    }
  }
  const current = () => (underWay === 0 ? (batch += 1) : batch)
  return {
    hosts: {
      ...hosts,
      open: async (host, opening) => {
        entries.push({ batch: current(), host, is: 'open' })
        const session = await during(() => hosts.open(host, opening))
        const request: typeof session.request = (op, args, act, signal) => {
          entries.push({ batch: current(), host, is: 'request', op, args, act: operations[op].writes })
          return during(() => session.request(op, args, act, signal))
        }
        return { ...session, request }
      },
    },
    farmClock: {
      now: () => clock.now(),
      wait: (until, signal) => {
        entries.push({ batch: current(), host: null, is: 'wait', until })
        return clock.wait(until, signal)
      },
    },
  }
}

async function cost(work: () => Promise<void>): Promise<Cost> {
  const [begun, used] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(used)
  return { wall: performance.now() - begun, cpu: (user + system) / 1000 }
}
