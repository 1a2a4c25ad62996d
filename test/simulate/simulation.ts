import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beginRun, resumeRun } from '../../src/engine/begin.ts'
import type { Ownership } from '../../src/engine/connections.ts'
import { drive, type World } from '../../src/engine/drive.ts'
import type { Hosts } from '../../src/engine/ports/hosts.ts'
import type { Store } from '../../src/engine/ports/store.ts'
import { Fault, faultOf } from '../../src/faults/fault.ts'
import { powerLost } from '../../src/lab/agent/answer.ts'
import type { AgentHost } from '../../src/lab/agent/agent-host.ts'
import type { Person } from '../../src/procedure/events.ts'
import { connect } from '../../src/store/sqlite/connect.ts'
import { storeOn } from '../../src/store/sqlite/open.ts'
import { readFence } from '../../src/store/sqlite/rows/fence.ts'
import type { Plan } from '../../src/workflow/plan.ts'
import type { Drawn } from './draw.ts'
import { buildLab, START, type DirectLab } from './farm.ts'
import { lendHands } from './hands.ts'
import { Kernel } from './kernel.ts'
import { directHosts, type Line, type Way } from './link.ts'
import { boundedStore } from './ports.ts'
import { Program, seededIds, type Around, type Stroke } from './program.ts'
import { chatty, screenOf, Vault } from './secrets.ts'
import { settingsOf, untrue } from './truth.ts'
import { Watch, type Broken, type Told } from './watch.ts'

/** A fault of the engine, planted from outside: what it puts around the ports of a program. */
export interface Mutant {
  readonly name: string
  readonly store?: (inner: Store, simulation: Simulation, program: Program) => Store
  readonly hosts?: (inner: Hosts, simulation: Simulation, program: Program) => Hosts
  readonly agent?: (host: AgentHost) => AgentHost
  /** Secrets that were read are taken out of nothing. */
  readonly careless?: true
  /** Changes the chart for the time of one seed; gives back what undoes it. */
  readonly chart?: (simulation: Simulation) => () => void
}

/** One seed's world: the lab, the store, the programs that work with them, and the watch over it all. */
export class Simulation {
  readonly drawn: Drawn
  readonly kernel: Kernel
  readonly lab: DirectLab
  readonly watch: Watch
  readonly way: Way
  readonly programs: Program[] = []
  readonly driving = new Map<Program, string>()
  readonly trace: string[] = []
  readonly tracing: boolean
  readonly strokes = new Set<string>()
  readonly vault: Vault
  meddle: () => void = () => undefined
  /** A run comes to a stage. */
  come: (run: Told, place: string) => void = () => undefined
  /** The time has come in which things go wrong. */
  troubled = false
  broken: Broken | null = null
  /** The world is mended: from now on nothing goes wrong by itself. */
  healed = false
  readonly #mutant: Mutant | null
  readonly #connection: ReturnType<typeof connect>
  readonly #store: Store
  readonly #folder: string | null
  readonly #lines = new Set<Line>()
  #born = 0

  constructor(drawn: Drawn, mutant: Mutant | null, tracing: boolean) {
    this.drawn = drawn
    this.#mutant = mutant
    this.tracing = tracing
    this.kernel = new Kernel(drawn.chance, drawn.speed)
    this.#folder = drawn.file ? mkdtempSync(join(tmpdir(), 'vdiskprep-sim-')) : null
    this.#connection = connect(this.#file, {})
    this.#store = storeOn(this.#connection)
    this.watch = new Watch({
      broken: (broken) => this.break(broken),
      fenceOf: (run) => readFence(this.#connection.db, run),
      ledgerLength: () => this.lab.farm.ledger.entries.length,
      settings: (plan) => settingsOf(this.lab, plan),
      claimed: (run, event) => {
        const broken = untrue(this.lab, run, event)
        if (broken !== null) this.break(broken)
        if (event.type === 'stage.entered') this.#entered(run, event.place)
        if (this.tracing) this.tell(`  ${run.run} ${short(event)}`)
      },
    })
    this.vault = new Vault(drawn, mutant?.careless === true)
    this.lab = buildLab(drawn, this.kernel, (host) => {
      const watched = this.watch.agent(chatty(host, drawn))
      return mutant?.agent?.(watched) ?? watched
    })
    this.way = {
      ...{ faults: [], gone: { acts: 0, requests: 0 }, goneIn: new Map(), out: new Map() },
      place: (run) => this.watch.runs.get(run)?.context.stage.place,
      told: (what) => this.tell(`link: ${what}`),
    }
    this.lab.farm.onPower.push((device, up) => {
      const host = this.lab.agents.get(device.name)
      if (up || host === undefined) return
      powerLost(host)
      for (const line of this.#lines) if (line.agent === host) line.cut('the machine went down')
    })
    if (tracing) this.#traceLedger()
  }

  #entered(run: Told, place: string): void {
    if (this.healed || !this.troubled) return
    lendHands(this.lab, this.drawn, run, place)
    this.come(run, place)
  }

  /** A program with its ports; it dies or sleeps at the strokes. */
  program(kind: string, strokes: readonly Stroke[] = []): { program: Program; world: World } {
    const around: Around = {
      crowded: () => this.programs.length > 1,
      told: (what) => this.tell(what),
      meddle: () => this.meddle(),
      struck: (_program, where, { is }) =>
        this.strokes.add(`${is} ${where.startsWith('open') ? (where.split(' ')[0] ?? '') : where}`),
    }
    const program = new Program(`${kind}${String((this.#born += 1))}`, this.kernel, strokes, around)
    this.programs.push(program)
    program.onDeath.push(() => this.leave(program))
    const own = this.#folder === null ? this.#store : storeOn(connect(this.#file, {}))
    const watched = this.watch.store(own, program, kind === 'P')
    const bounded = boundedStore(watched, program)
    const store = this.#mutant?.store?.(bounded, this, program) ?? bounded
    const direct = this.vault.hosts(directHosts(this.lab.agents, program, this.way, this.#lines))
    const hosts = this.#mutant?.hosts?.(direct, this, program) ?? direct
    const world = { store, hosts, clock: program.clock(START, 1), farmClock: program.clock(START, this.kernel.speed) }
    return { program, world }
  }

  leave(program: Program): void {
    const at = this.programs.indexOf(program)
    if (at !== -1) this.programs.splice(at, 1)
    this.driving.delete(program)
  }

  /** Begins a run as one process does, and drives it until it stops. Resolves to the code of a refusal. */
  begin(plan: Plan, by: Person, strokes: readonly Stroke[]): Promise<string | null> {
    return this.#run(by, strokes, (world, ids) => beginRun(world, ids, plan, by, 'simulated'))
  }

  /** Takes a run up again as one process does. */
  resume(run: string, by: Person, strokes: readonly Stroke[]): Promise<string | null> {
    return this.#run(by, strokes, (world, ids) => resumeRun(world, ids, run, by))
  }

  async #run(
    by: Person,
    strokes: readonly Stroke[],
    claim: (world: World, ids: ReturnType<typeof seededIds>) => Promise<Ownership>,
  ): Promise<string | null> {
    const { program, world } = this.program('P', strokes)
    const died = new Promise<'DIED'>((resolve) => program.onDeath.push(() => resolve('DIED')))
    const work = async () => {
      const gone = (owner: string) => this.drawn.people.sameMachine && !this.programs.some(({ name }) => name === owner)
      const own = await claim(world, seededIds(this.kernel, program, gone))
      this.driving.set(program, own.run)
      this.kernel.carrier = program
      const driven = drive(world, own, by, program.interrupt.signal)
      this.kernel.carrier = null
      return await driven
    }
    try {
      const stop = await Promise.race([work(), died])
      this.tell(`${program.name} stops: ${stop}`)
      return null
    } catch (thrown) {
      const { code } = faultOf(thrown)
      this.tell(`${program.name} is refused: ${code}`)
      this.vault.tell(thrown)
      if (!(thrown instanceof Fault) || code === 'INTERNAL')
        this.break({
          invariant: 'no internal error',
          what: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
        })
      return code
    } finally {
      this.leave(program)
      if (program.alive) program.die()
    }
  }

  break(broken: Broken): void {
    this.tell(`BROKEN ${broken.invariant}: ${broken.what}`)
    this.broken ??= broken
  }

  tell(what: string): void {
    if (!this.tracing) return
    const seconds = this.kernel.now / 1000
    this.trace.push(`${seconds.toFixed(1).padStart(9)} ${what}`)
  }

  /** Looks at everything that is shown to anybody for a secret, and whether the chain of the store is sound. */
  async inspect(): Promise<void> {
    // A sixteenth of the seeds is enough for what does not depend on the order of things, and dear.
    const whole = this.drawn.chance % 16 === 0
    const texts: string[] = []
    for (const { run, entries } of this.watch.runs.values()) {
      const audit = whole ? await this.#store.audit(run) : null
      if (audit !== null && 'broken' in audit)
        this.break({ invariant: 'journal and snapshot agree', what: `${run}: ${audit.why}` })
      if (whole) texts.push(screenOf(run, entries))
      for (const { type, body } of entries)
        if (type !== 'run.started' && (whole || type !== 'looked')) texts.push(JSON.stringify(body))
    }
    const shown = this.vault.shows(texts)
    if (shown !== null) this.break({ invariant: 'no secret', what: `journal, screen or diary shows ${shown}` })
  }

  async close(): Promise<void> {
    for (const program of [...this.programs]) program.die()
    await this.#store.close()
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true })
  }

  get #file(): string {
    return this.#folder === null ? ':memory:' : join(this.#folder, 'runs.db')
  }

  #traceLedger(): void {
    const { ledger } = this.lab.farm
    ledger.onWrite(() => {
      const { machine, ...rest } = ledger.entries.at(-1) ?? { machine: '?' }
      this.tell(`    lab: ${machine} ${JSON.stringify({ ...rest, n: undefined, at: undefined })}`)
    })
  }
}

function short(event: { readonly type: string }): string {
  const { type, ...rest } = event as { readonly type: string; readonly [name: string]: unknown }
  const kept = Object.entries(rest).filter(
    ([name]) => !['plan', 'facts', 'missing', 'learn', 'title', 'agents', 'by'].includes(name),
  )
  return `${type} ${JSON.stringify(Object.fromEntries(kept)).slice(0, 300)}`
}
