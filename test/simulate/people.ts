import { decide } from '../../src/engine/decide.ts'
import { takeOver } from '../../src/engine/take-over.ts'
import { faultOf } from '../../src/faults/fault.ts'
import type { Signal } from '../../src/procedure/chart/signals.ts'
import type { Person } from '../../src/procedure/events.ts'
import { seededIds, type Stroke } from './program.ts'
import type { Simulation } from './simulation.ts'
import type { Told } from './watch.ts'

const PEOPLE: readonly Person[] = ['maria', 'jonas', 'aylin'].map((login) => ({ login, host: 'ops', claim: null }))
const MINUTE = 60_000

/** Refusals that a person may meet. */
const ANSWERS = ['DECISION_REFUSED', 'NOTHING_TO_DECIDE', 'MOVED_ON', 'RUN_ENDED', 'BUSY', 'FENCED']

type Choice = Pick<Signal, 'type' | 'option'>

/** Who sits in front of the runs of one seed: they resume what nobody drives, decide what waits, and meddle as the seed says. */
export class People {
  /** How often each choice was made where a run stood: nobody tries one thing for ever. */
  readonly #tried = new Map<string, number>()
  #decided = 0
  readonly #simulation: Simulation
  readonly #strokes: (readonly Stroke[])[]
  readonly #begin: (by: Person, strokes: readonly Stroke[]) => void

  constructor(simulation: Simulation, begin: (by: Person, strokes: readonly Stroke[]) => void) {
    this.#simulation = simulation
    this.#strokes = [...simulation.drawn.strokes.slice(1)]
    this.#begin = begin
  }

  start(): void {
    const { count } = this.#simulation.drawn.people
    this.#simulation.meddle = () => void this.#interfere()
    this.#simulation.come = (run, place) => this.#mayAbort(run, place)
    for (const person of PEOPLE.slice(0, count)) void this.#live(person)
    if (count === 1) void this.#live(PEOPLE[1] ?? (PEOPLE[0] as Person))
  }

  async #live(person: Person): Promise<void> {
    const { kernel, drawn } = this.#simulation
    for (;;) {
      await kernel.sleep(drawn.people.everyMinutes * MINUTE * (0.5 + kernel.random.next()))
      for (const run of this.#simulation.watch.runs.values()) if (run.state !== 'ended') await this.#attend(person, run)
      if (!this.#simulation.healed && kernel.chance(drawn.people.meddling)) await this.#meddle(person)
    }
  }

  async #attend(person: Person, run: Told): Promise<void> {
    const { kernel, healed, drawn } = this.#simulation
    if (run.state === 'waiting') {
      const choice = !healed && kernel.chance(drawn.people.rogue) ? this.#anything(run) : this.#sensible(run)
      await this.#decide(person, run, this.#aimed(run) ?? choice)
    }
    // Who sleeps looks dead to everybody else.
    const driven = [...this.#simulation.driving].some(([program, name]) => name === run.run && !program.asleep)
    if (driven || run.state !== 'active') return
    const refused = await this.#resume(person, run.run)
    if (refused === 'BUSY' && kernel.chance(0.3)) await this.#takeOver(person, run)
  }

  async #resume(person: Person, run: string): Promise<string | null> {
    const { kernel, healed } = this.#simulation
    const strokes = healed ? [] : (this.#strokes.shift() ?? [])
    const done = this.#simulation.resume(run, person, strokes)
    // What a run does takes hours: whoever resumed it looks after other things meanwhile.
    return await Promise.race([done, kernel.sleep(MINUTE).then(() => null)])
  }

  async #decide(by: Person, run: Told, { type, option }: Choice): Promise<void> {
    const { program, world } = this.#simulation.program('D')
    this.#simulation.tell(`${by.login} decides ${type} ${option ?? ''}`)
    await decide(world, run.run, { type, by, option, reason: 'as the seed says' }).catch((thrown: unknown) =>
      this.#refused(thrown),
    )
    program.die()
  }

  async #takeOver(by: Person, run: Told): Promise<void> {
    const { program, world } = this.#simulation.program('D')
    this.#simulation.tell(`${by.login} takes ${run.run} over`)
    const ids = seededIds(this.#simulation.kernel, program, () => false)
    await takeOver(world, ids, run.run, by, 'as the seed says').catch((thrown: unknown) => this.#refused(thrown))
    program.die()
  }

  #refused(thrown: unknown): void {
    const { code, details } = faultOf(thrown)
    this.#simulation.tell(`refused: ${code}`)
    this.#simulation.vault.tell(thrown)
    if (ANSWERS.includes(code)) return
    const what = thrown instanceof Error && code === 'INTERNAL' ? (thrown.stack ?? '') : `${code} ${JSON.stringify(details)}`
    this.#simulation.break({ invariant: 'no internal error', what })
  }

  /** A decision nobody was asked for, at the worst moment. */
  async #interfere(): Promise<void> {
    const { kernel, watch } = this.#simulation
    const run = [...watch.runs.values()].find(({ state }) => state !== 'ended')
    const [person] = PEOPLE
    if (run === undefined || person === undefined) return
    if (kernel.chance(0.5)) await this.#decide(person, run, { type: 'abort', option: null })
    else if (kernel.chance(0.5)) await this.#takeOver(person, run)
    else await this.#decide(person, run, this.#anything(run))
  }

  /** Where a seed aims, people decide as it says: twice, then as anywhere. */
  #aimed(run: Told): Choice | null {
    const { aim } = this.#simulation.drawn
    const place = run.held?.place ?? run.approval?.place
    if (aim === null || aim.choice === null || this.#simulation.healed || place !== aim.place || this.#decided >= 2) return null
    this.#decided += 1
    const option = aim.choice === 'approve' ? (run.held?.options[0]?.name ?? null) : null
    return { type: aim.choice, option }
  }

  /** A seed that aims at an abort has it also while nobody is asked for anything. */
  #mayAbort(run: Told, place: string): void {
    const { kernel, drawn } = this.#simulation
    const { aim } = drawn
    const [person] = PEOPLE
    if (aim?.choice !== 'abort' || aim.place !== place || person === undefined || kernel.chance(0.5)) return
    kernel.after(
      kernel.below(kernel.chance(0.5) ? MINUTE / 2 : 10 * MINUTE),
      () => void this.#decide(person, run, { type: 'abort', option: null }),
    )
  }

  /** Something nobody asked for. */
  async #meddle(person: Person): Promise<void> {
    const { kernel, programs, watch } = this.#simulation
    const runs = [...watch.runs.values()].filter(({ state }) => state !== 'ended')
    const run = runs[kernel.below(Math.max(1, runs.length))]
    switch (kernel.below(5)) {
      case 0: {
        this.#begin(person, this.#strokes.shift() ?? [])
        return
      }
      case 1: {
        const victim = programs.filter(({ name }) => name.startsWith('P'))[0]
        if (victim !== undefined) this.#simulation.tell(`${victim.name} is killed`)
        return victim?.die()
      }
      case 2:
        if (run !== undefined) await this.#takeOver(person, run)
        return
      case 3:
        if (run !== undefined) await this.#resume(person, run.run)
        return
      default:
        if (run !== undefined) await this.#decide(person, run, this.#anything(run))
    }
  }

  #anything(run: Told): Choice {
    const { kernel } = this.#simulation
    const types = ['approve', 'retry', 'mark-done', 'skip', 'abort', 'retry', 'mark-done'] as const
    const type = types[kernel.below(types.length)] ?? 'retry'
    const options = [null, 'rearm-again', 'unlock', ...(run.held?.options.map(({ name }) => name) ?? [])]
    return { type, option: type === 'approve' ? (options[kernel.below(options.length)] ?? null) : null }
  }

  /** What somebody does who wants the run to end well, else to end: each way once or twice, then the next. */
  #sensible(run: Told): Choice {
    if (run.approval !== null)
      return this.#least(run, [
        { type: 'approve', option: null },
        { type: 'approve', option: null },
        { type: 'abort', option: null },
      ])
    const { held } = run
    const options = held?.options.map(({ name }) => ({ type: 'approve', option: name }) as const) ?? []
    const ways: Choice[] = [...options, { type: 'retry', option: null }, { type: 'mark-done', option: null }]
    if (held?.skippable === true) ways.push({ type: 'skip', option: null })
    if (run.context.ending === null) ways.push({ type: 'abort', option: null })
    return this.#least(run, ways)
  }

  #least(run: Told, ways: readonly Choice[]): Choice {
    const where = `${run.run} ${run.held?.place ?? ''} ${run.held?.fault.code ?? ''}`
    const times = (way: Choice) => this.#tried.get(`${where} ${way.type} ${way.option ?? ''}`) ?? 0
    const chosen = ways.reduce((best, way) => (times(way) < times(best) ? way : best))
    const key = `${where} ${chosen.type} ${chosen.option ?? ''}`
    this.#tried.set(key, (this.#tried.get(key) ?? 0) + 1)
    return chosen
  }
}
