import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { LedgerEntry } from '../../src/lab/model/ledger.ts'
import { choose, hitTable, ofKind, ofStep, partsOf, withSettling, type CountedAs } from './cells.ts'
import { draws } from './draws.ts'
import { KilledRun } from './killed-run.ts'
import { cases, openShop, type Case, type End, type Shop } from './processes.ts'

/** How much is killed. Half of the kills fall at drawn moments, half at drawn boundaries; `perRun` bounds those of one run. */
export interface Wish {
  readonly kills: number
  readonly seed: number
  readonly perRun?: number
  /** Over what the kills at boundaries are spread evenly: the boundaries of every step, or for a short campaign only their kinds. */
  readonly spread?: 'steps' | 'kinds'
  readonly lanes?: number
}

/** What came of it. `hits` counts kills at boundaries by step, `strays` where random kills fell, `zero` names boundaries never hit. */
export interface Harvest {
  readonly runs: number
  readonly random: number
  readonly atBoundaries: number
  readonly hits: ReadonlyMap<string, number>
  readonly strays: ReadonlyMap<string, number>
  readonly required: ReadonlySet<string>
  readonly zero: readonly string[]
  /** One text per run that did not end as it must; empty when all is well. */
  readonly failures: readonly string[]
}

/** A random kill falls within this part of an undisturbed run after the first boundary, or, one in six, after the start of the process. */
const REACH = 1 / 6

/** One case as it goes undisturbed: the boundaries it passes and what it does to the farm. */
interface Model {
  readonly case: Case
  readonly cells: ReadonlySet<string>
  readonly ledger: readonly LedgerEntry[]
  readonly ms: number
}

/** Runs that are killed again and again until the wish is met. */
export async function crash(wish: Wish, tell: (line: string) => void = () => undefined): Promise<Harvest> {
  const shop = await openShop()
  try {
    const models = await Promise.all(cases.map((one) => modelOf(shop, one)))
    const campaign = new Campaign(shop, models, wish, tell)
    await Promise.all(Array.from({ length: wish.lanes ?? 2 }, () => campaign.lane()))
    return campaign.harvest()
  } finally {
    await shop.close()
  }
}

async function modelOf(shop: Shop, one: Case): Promise<Model> {
  const run = await KilledRun.begin(shop, one, `undisturbed-${one.name}`)
  const begun = performance.now()
  const end = await run.go([], () => Promise.resolve())
  const ms = performance.now() - begun
  const failures = await run.end(end, null)
  if (failures.length > 0) throw new Error(`the undisturbed run of ${one.name}: ${failures.join('\n')}`)
  return { case: one, cells: withSettling(new Set(run.marks())), ledger: run.ledger, ms }
}

class Campaign {
  readonly #shop: Shop
  readonly #models: readonly Model[]
  readonly #wish: Wish
  readonly #tell: (line: string) => void
  readonly #draw: () => number
  readonly #as: CountedAs
  readonly #kills = new Map<string, number>()
  readonly #hits = new Map<string, number>()
  readonly #strays = new Map<string, number>()
  readonly #failures: string[] = []
  #runs = 0
  #random = 0
  #atBoundaries = 0

  constructor(shop: Shop, models: readonly Model[], wish: Wish, tell: (line: string) => void) {
    this.#shop = shop
    this.#models = models
    this.#wish = wish
    this.#as = wish.spread === 'kinds' ? ofKind : ofStep
    this.#tell = tell
    this.#draw = draws(wish.seed)
  }

  async lane(): Promise<void> {
    for (;;) {
      const half = this.#wish.kills / 2
      const [wantsBoundaries, wantsRandom] = [this.#atBoundaries < half, this.#random < half]
      if (!wantsBoundaries && !wantsRandom) return
      const model = this.#models[this.#runs % this.#models.length] as Model
      await this.#one(model, wantsBoundaries && (!wantsRandom || this.#atBoundaries <= this.#random))
    }
  }

  harvest(): Harvest {
    const required = new Set(this.#models.flatMap(({ cells }) => [...cells].map(ofStep)))
    return {
      runs: this.#runs,
      random: this.#random,
      atBoundaries: this.#atBoundaries,
      hits: this.#hits,
      strays: this.#strays,
      required,
      zero: [...required].filter((cell) => !this.#hits.has(cell)),
      failures: this.#failures,
    }
  }

  async #one(model: Model, atBoundaries: boolean): Promise<void> {
    const name = `${String(this.#runs)}-${model.case.name}-${atBoundaries ? 'boundaries' : 'random'}`
    this.#runs += 1
    const run = await KilledRun.begin(this.#shop, model.case, name)
    const killed = atBoundaries ? await this.#atBoundariesOf(run, model) : await this.#anyMoment(run, model)
    const failures = await run.end(killed.end, model.ledger)
    const what = [`run ${name}, seed ${String(this.#wish.seed)}`, `killed at ${run.killedAt.join(', ')}`, ...failures].join(
      '\n  ',
    )
    if (failures.length > 0) this.#failures.push(what)
    this.#tell(failures.length === 0 ? `${name}: ${String(run.killedAt.length)} kills, verified` : what)
  }

  async #atBoundariesOf(run: KilledRun, { cells }: Model): Promise<{ end: End }> {
    const armed = new Set(
      choose(this.#wish.spread === 'kinds' ? quick(cells) : cells, this.#kills, this.#as, this.#draw, this.#wish.perRun ?? 35),
    )
    // Counted at once, so that runs side by side are not killed at the same places.
    for (const cell of armed) count(this.#kills, this.#as(cell))
    for (;;) {
      const left = this.#wish.kills / 2 - this.#atBoundaries
      const end = await run.go(left > 0 ? [...armed] : [], () => Promise.resolve())
      const cell = run.fatal()
      if (cell === null) {
        for (const missed of armed) count(this.#kills, this.#as(missed), -1)
        return { end }
      }
      armed.delete(cell)
      count(this.#hits, ofStep(cell))
      this.#atBoundaries += 1
    }
  }

  async #anyMoment(run: KilledRun, { ms }: Model): Promise<{ end: End }> {
    for (let kills = 0; ; kills += 1) {
      const more = kills < 20 && this.#random < this.#wish.kills / 2
      const afterFirstMark = this.#draw() > 1 / 6
      const moment = this.#draw() * ms * REACH
      const end = await run.go([], async (kill, marked, signal) => {
        if (!more) return
        if (afterFirstMark) await marked()
        await delay(moment, undefined, { signal })
        kill()
      })
      if (end.code !== null) return { end }
      count(this.#strays, run.killedAt.at(-1) ?? '')
      this.#random += 1
    }
  }
}

/** Without those that leave leases of a run that never began: they pass after fifteen seconds. */
function quick(cells: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...cells].filter((cell) => partsOf(cell).place !== ''))
}

function count(counts: Map<string, number>, key: string, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

/** What is printed at the end. */
export function reportOf({ runs, random, atBoundaries, hits, strays, required, zero, failures }: Harvest): string {
  const places = new Map<string, number>()
  for (const [cell, times] of strays) {
    const { step, phase } = partsOf(cell)
    const where = phase === '' ? 'before the first boundary' : `${step} ${phase}`.trim()
    places.set(where, (places.get(where) ?? 0) + times)
  }
  const fell = [...places].sort((one, other) => other[1] - one[1]).map(([where, times]) => `${where} ${String(times)}`)
  return [
    `kills at boundaries, before/after, ${String(required.size)} boundaries of a step:`,
    hitTable(hits, required),
    `random kills fell in: ${fell.join(', ')}`,
    ...(zero.length === 0 ? [] : [`never hit: ${zero.join(', ')}`]),
    ...failures,
    `crash: ${String(random + atBoundaries)} kills (${String(random)} at random, ${String(atBoundaries)} at boundaries) over ${String(runs)} runs, ` +
      `${String(runs - failures.length)} sealed and verified with nothing done twice and nothing missing, ${String(zero.length)} boundaries never hit`,
  ].join('\n')
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' }, lanes: { type: 'string' } } })
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  const wish = { kills: Number(values.kills ?? 1000), seed: Number(values.seed ?? 1), lanes: Number(values.lanes ?? 2) }
  const harvest = await crash(wish, say)
  say(reportOf(harvest))
  process.exitCode = harvest.failures.length + harvest.zero.length === 0 ? 0 : 1
}
