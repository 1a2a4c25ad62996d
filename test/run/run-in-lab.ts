import { hostname } from 'node:os'
import { beginRun, resumeRun } from '../../src/engine/begin.ts'
import type { Ownership } from '../../src/engine/connections.ts'
import { decide } from '../../src/engine/decide.ts'
import { drive, type Stop, type World } from '../../src/engine/drive.ts'
import { faultOf, type FaultRecord } from '../../src/faults/fault.ts'
import type { DecisionKind, Person, RunEvent } from '../../src/procedure/events.ts'
import { fold, stamped, type Stamped } from '../../src/procedure/fold.ts'
import type { RunView } from '../../src/procedure/run-view.ts'
import { sentenceOf } from '../../src/procedure/story.ts'
import { emptyView } from '../../src/procedure/view-changes.ts'
import type { Plan } from '../../src/workflow/plan.ts'
import { jonas, maria, type LabFarm } from './harness.ts'

/** Above every process number that Linux gives. */
const NO_PROCESS = 4_194_305

interface Saying {
  readonly by?: Person
  readonly option?: string
  readonly reason?: string
}

/** One run of a lab, as a test follows it: what it says (folded from its journal alone) and what people decide. */
export class RunInLab {
  readonly id: string
  /** Where it goes on; another one when a farm stands in the place of the first. */
  farm: LabFarm
  stop: Stop | null = null
  #lines: readonly Stamped[] = []

  private constructor(farm: LabFarm, id: string) {
    this.farm = farm
    this.id = id
  }

  /** Begins a run and drives it until it ends or waits. */
  static async begin(farm: LabFarm, plan: Plan, by: Person): Promise<RunInLab> {
    const world = await farm.world()
    const own = await beginRun(world, farm.composition.ids, plan, by, 'test').catch(async (thrown: unknown) => {
      await leave(world)
      throw thrown
    })
    const run = new RunInLab(farm, own.run)
    await run.#drive(world, own, by)
    return run
  }

  get lines(): readonly Stamped[] {
    return this.#lines
  }

  get events(): readonly RunEvent[] {
    return this.#lines.map(({ event }) => event)
  }

  get view(): RunView {
    return this.#lines.reduce(fold, emptyView(this.id))
  }

  /** How it ended; null while it has not. */
  get outcome() {
    return this.view.outcome
  }

  /** What it is held for; null when it is not. */
  get held() {
    return this.view.held
  }

  get approval() {
    return this.view.approval
  }

  /** The code it is held for or ended with. */
  get says(): string | null {
    const { held, approval, ending, outcome } = this.view
    if (held !== null) return held.fault.code
    if (approval !== null) return 'approval'
    return ending?.fault?.code ?? outcome
  }

  /** What happened, as sentences. */
  story(): string {
    return this.#lines.flatMap((line) => sentenceOf(line) ?? []).join('\n')
  }

  /** Names of the acts that were asked of hosts, in order. */
  acts(): readonly string[] {
    return this.view.acts.map(({ what }) => what)
  }

  /** Records a decision; resolves to the fault when it is refused. */
  async decide(
    type: Exclude<DecisionKind, 'take-over'>,
    { by = maria, option, reason }: Saying = {},
  ): Promise<FaultRecord | null> {
    const world = await this.farm.world()
    try {
      await decide(world, this.id, { type, by, option: option ?? null, reason: reason ?? 'as the test says' })
      return null
    } catch (thrown) {
      return faultOf(thrown)
    } finally {
      await this.#read(world)
      await leave(world)
    }
  }

  /** Takes the run up again, as another process would, and drives it until it ends or waits. */
  async resume(by: Person = maria): Promise<this> {
    const world = await this.farm.world()
    const own = await resumeRun(world, this.farm.composition.ids, this.id, by).catch(async (thrown: unknown) => {
      await leave(world)
      throw thrown
    })
    await this.#drive(world, own, by)
    return this
  }

  /** A process takes the run up and dies at once, with its leases in hand. */
  async dieUnder(by: Person): Promise<void> {
    const world = await this.farm.world()
    const owner = () => `${hostname()}/${String(NO_PROCESS)}/gone`
    await resumeRun(world, { ...this.farm.composition.ids, owner }, this.id, by)
    await leave(world)
  }

  /** A decision that has to be taken, then on. */
  async answer(type: Exclude<DecisionKind, 'take-over'>, saying: Saying = {}): Promise<this> {
    const refused = await this.decide(type, saying)
    if (refused !== null) throw new Error(`${type}: ${refused.code} ${JSON.stringify(refused.details)}`)
    return await this.resume(saying.by)
  }

  /** Approves whatever the workflow wants approved, by somebody else than its owner, until something else happens. */
  async approveAll(): Promise<this> {
    while (this.approval !== null) await this.answer('approve', { by: jonas })
    return this
  }

  /** Reads the journal anew, for what others have written. */
  async reread(): Promise<void> {
    const world = await this.farm.world()
    await this.#read(world)
    await leave(world)
  }

  async #drive(world: World, own: Ownership, by: Person): Promise<void> {
    try {
      this.stop = await drive(world, own, by, new AbortController().signal)
    } finally {
      await this.#read(world)
      await leave(world)
    }
  }

  async #read(world: Pick<World, 'store'>): Promise<void> {
    const lines: Stamped[] = []
    for await (const line of world.store.journal(this.id)) lines.push(stamped(line))
    this.#lines = lines
  }
}

async function leave(world: World): Promise<void> {
  await world.hosts.close()
  await world.store.close()
}
