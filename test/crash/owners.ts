import { parseArgs } from 'node:util'
import { systemClock } from '../../src/clock/system.ts'
import { beginRun, resumeRun } from '../../src/engine/begin.ts'
import { drive, type World } from '../../src/engine/drive.ts'
import { LEASE_MS } from '../../src/engine/lease.ts'
import { takeOver } from '../../src/engine/take-over.ts'
import { faultOf } from '../../src/faults/fault.ts'
import type { Hosts } from '../../src/engine/ports/hosts.ts'
import type { LedgerEntry } from '../../src/lab/model/ledger.ts'
import type { Plan } from '../../src/workflow/plan.ts'
import { jonas, lab, maria, type LabFarm } from '../run/harness.ts'
import { worldWith } from './boundaries.ts'
import { draws } from './draws.ts'
import { differences } from './ledger.ts'

/** How the second orchestrator comes by the run: after the lease of the first has passed while that one was paused, by a person's take-over
 *  while it works on, or both begin a run of one vDisk at once. */
const ways = ['lease passed', 'take-over', 'both begin'] as const
type Way = (typeof ways)[number]

/** What came of a number of runs. `refused` counts what the losing owner was told; a failure is a text per run. */
export interface Harvest {
  readonly runs: number
  readonly refused: ReadonlyMap<string, number>
  readonly failures: readonly string[]
}

const flagship = { os: 'windows-11-23h2', office: 'ltsc-2021' } as const

/** Runs that two orchestrators drive on one store, each with connections of its own. */
export async function owners(
  wish: { readonly runs: number; readonly seed: number; readonly lanes?: number },
  tell: (line: string) => void = () => undefined,
): Promise<Harvest> {
  const plain = await undisturbed()
  const refused = new Map<string, number>()
  const failures: string[] = []
  let next = 0
  const lane = async () => {
    for (let n = next++; n < wish.runs; n = next++) {
      const ended = await contested(n, draws(wish.seed * 100_003 + n), plain)
      const told = `${ended.way}: ${ended.told}`
      refused.set(told, (refused.get(told) ?? 0) + 1)
      const text = [`run ${String(n)} of seed ${String(wish.seed)}, ${ended.what}, told ${ended.told}`, ...ended.problems].join(
        '\n  ',
      )
      if (ended.problems.length > 0) failures.push(text)
      tell(ended.problems.length > 0 ? text : `${String(n)}: ${ended.what}, the other was told ${ended.told}`)
    }
  }
  await Promise.all(Array.from({ length: wish.lanes ?? 2 }, lane))
  return { runs: wish.runs, refused, failures }
}

interface Plain {
  readonly ledger: readonly LedgerEntry[]
  readonly boundaries: number
}

async function undisturbed(): Promise<Plain> {
  const farm = await lab(flagship)
  try {
    const own = new Owner(farm, 0, Infinity)
    const end = await own.begin(await farm.plan('kms-new-image'))
    if (end !== 'ended') throw new Error(`the undisturbed run: ${end}`)
    return { ledger: farm.ledger(), boundaries: own.passed }
  } finally {
    await farm.close()
  }
}

interface Ended {
  readonly way: Way
  readonly what: string
  /** What the owner was told that has lost the run. */
  readonly told: string
  readonly problems: readonly string[]
}

async function contested(n: number, draw: () => number, plain: Plain): Promise<Ended> {
  const way = ways[n % ways.length] as Way
  const farm = await lab(flagship)
  try {
    const plan = await farm.plan('kms-new-image')
    const fight = way === 'both begin' ? bothBegin(farm, plan) : overtaken(farm, plan, way, draw, plain)
    const { what, told, problems } = await fight
    const store = farm.openStore()
    const outcomes = (await store.list()).map(({ outcome }) => outcome)
    await store.close()
    return {
      way,
      what,
      told,
      problems: [
        ...problems,
        ...(outcomes.join() === 'verified' ? [] : [`runs ended as ${outcomes.join()}`]),
        ...differences(plain.ledger, farm.ledger()),
      ],
    }
  } finally {
    await farm.close()
  }
}

type Fight = Promise<Pick<Ended, 'what' | 'told' | 'problems'>>

/** The first owner is held at a drawn boundary, a second one takes the run, and at a drawn boundary of that one the first goes on. */
async function overtaken(farm: LabFarm, plan: Plan, way: Way, draw: () => number, plain: Plain): Fight {
  const at = 12 + Math.floor(draw() * (plain.boundaries - 12))
  const first = new Owner(farm, 0, at)
  const begun = first.begin(plan)
  await first.held
  const store = farm.openStore()
  const [stored] = await store.list()
  const run = stored?.run ?? ''
  if (way === 'take-over')
    await takeOver({ store, farmClock: farm.lab.clock }, farm.composition.ids, run, jonas, 'as the test says')
  await store.close()

  const later = 4 + Math.floor(draw() ** 2 * (plain.boundaries - at))
  const second = new Owner(farm, way === 'lease passed' ? LEASE_MS + 5000 : 0, later)
  const resumed = second.resume(run)
  await Promise.race([second.held, resumed])
  first.go()
  const told = await begun
  second.go()
  const end = await resumed
  const what = `the first held at boundary ${String(at)} (${first.where}), woken at ${String(later)} of the second (${second.where})`
  return {
    what,
    told: told === 'FENCED' ? `FENCED by the ${first.refusedBy}` : told,
    problems: [
      ...(told === 'FENCED' ? [] : ['the first owner was not fenced']),
      ...(end === 'ended' ? [] : [`the second: ${end}`]),
    ],
  }
}

/** Two programs begin a run of the same vDisk at once. */
async function bothBegin(farm: LabFarm, plan: Plan): Fight {
  const both = [new Owner(farm, 0, Infinity), new Owner(farm, 0, Infinity)]
  const ends = await Promise.all(both.map((one) => one.begin(plan)))
  const told = ends.find((end) => end !== 'ended') ?? 'nothing'
  return { what: 'both begin at once', told, problems: told === 'BUSY' ? [] : [`the ends: ${ends.join(', ')}`] }
}

/** One orchestrator with its own connections to store and hosts, which stops at the nth boundary until it is told to go on. */
class Owner {
  passed = 0
  where = ''
  /** Who refused it: a host knows the higher fence as well as the store. */
  refusedBy: 'store' | 'host' = 'store'
  readonly held: Promise<void>
  readonly #farm: LabFarm
  readonly #ahead: number
  readonly #stopAt: number
  readonly #reached: () => void
  readonly #gate = Promise.withResolvers<undefined>()

  constructor(farm: LabFarm, ahead: number, stopAt: number) {
    this.#farm = farm
    this.#ahead = ahead
    this.#stopAt = stopAt
    const reached = Promise.withResolvers<undefined>()
    this.held = reached.promise
    this.#reached = () => {
      reached.resolve(undefined)
    }
  }

  go(): void {
    this.#gate.resolve(undefined)
  }

  begin(plan: Plan): Promise<string> {
    return this.#in((world) => beginRun(world, this.#farm.composition.ids, plan, maria, 'test'))
  }

  resume(run: string): Promise<string> {
    return this.#in((world) => resumeRun(world, this.#farm.composition.ids, run, jonas))
  }

  /** Drives to the end; resolves with why it stopped, or with the code of its fault. */
  async #in(claim: (world: World) => ReturnType<typeof beginRun>): Promise<string> {
    const plain = await this.#farm.world()
    const clock = { ...systemClock, now: () => systemClock.now() + this.#ahead }
    // A paused program does not beat either.
    const store: World['store'] = {
      ...plain.store,
      renew: async (...beat) => {
        if (this.passed >= this.#stopAt) await this.#gate.promise
        return plain.store.renew(...beat)
      },
    }
    const world = worldWith({ ...plain, clock, store, hosts: this.#watched(plain.hosts) }, async (boundary) => {
      this.passed += 1
      if (this.passed < this.#stopAt) return
      if (this.passed === this.#stopAt) this.where = `${boundary.place} ${boundary.phase}, ${boundary.when} ${boundary.point}`
      this.#reached()
      await this.#gate.promise
    })
    try {
      return await drive(world, await claim(world), maria, new AbortController().signal)
    } catch (thrown) {
      const { code, details } = faultOf(thrown)
      return code === 'INTERNAL' ? `INTERNAL ${JSON.stringify(details)}` : code
    } finally {
      this.#reached()
      await plain.hosts.close()
      await plain.store.close()
    }
  }

  #watched(hosts: Hosts): Hosts {
    const noted = <T>(refused: boolean, value: T): T => {
      if (refused) this.refusedBy = 'host'
      return value
    }
    return {
      ...hosts,
      open: async (host, opening) => {
        const session = await hosts.open(host, opening).catch((thrown: unknown) => {
          throw noted(faultOf(thrown).code === 'FENCED', thrown)
        })
        const request: typeof session.request = async (...asked) => {
          const answer = await session.request(...asked)
          return noted(answer.is === 'refused' && answer.error.kind === 'fenced', answer)
        }
        return { ...session, request }
      },
    }
  }
}

/** What is printed at the end. */
export function reportOf({ runs, refused, failures }: Harvest): string {
  const told = [...refused].map(([what, times]) => `${what} ${String(times)}`).sort()
  return [
    ...failures,
    `owners: ${String(runs)} runs, ${String(runs - failures.length)} verified once; the loser was told: ${told.join(', ')}`,
  ].join('\n')
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } })
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  const harvest = await owners({ runs: Number(values.runs ?? 500), seed: Number(values.seed ?? 1) }, say)
  say(reportOf(harvest))
  process.exitCode = harvest.failures.length === 0 ? 0 : 1
}
