import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { compose, type Composition } from '../../src/compose.ts'
import { virtualClock } from '../../src/lab/clock.ts'
import { presetFarm, presetNames, type PresetWish } from '../../src/lab/farm-file/presets.ts'
import { startLab, type Agents, type Lab, type LabOptions } from '../../src/lab/lab.ts'
import type { LedgerEntry, MachineLedger } from '../../src/lab/model/ledger.ts'
import type { Store } from '../../src/engine/ports/store.ts'
import type { Person } from '../../src/procedure/events.ts'
import type { Plan } from '../../src/workflow/plan.ts'
import { readInventory, readWorkflow } from '../../src/workflow/read-workflow.ts'
import { RunInLab } from './run-in-lab.ts'

/** What a test's workflow file says beside disk, target and canaries; a block replaces the usual one key by key. */
export type WorkflowWish = Readonly<Record<string, unknown>>

export const maria: Person = { login: 'maria', host: 'ops1', claim: null }
export const jonas: Person = { login: 'jonas', host: 'ops2', claim: null }
export const aylin: Person = { login: 'aylin', host: 'ops3', claim: null }

const open = new Set<LabFarm>()

/** Ends every lab a test has started; goes into afterEach. */
export async function closeLabs(): Promise<void> {
  await Promise.all([...open].map((farm) => farm.close()))
}

/** A simulated farm behind real SSH, a SQLite file of its own, and the program's real adapters. Time is virtual: it stands still while
 *  anything real is under way, so that a slow test machine changes nothing. */
export async function lab(wish: PresetWish, agents: Agents = 'built-in', around?: LabOptions['around']): Promise<LabFarm> {
  const folder = await mkdtemp(join(tmpdir(), 'vdiskprep-run-'))
  const clock = virtualClock(Date.UTC(2026, 9, 14, 8))
  const started = await startLab(presetFarm(wish), { dir: join(folder, 'lab'), clock, agents, ...(around && { around }) })
  const farm = new LabFarm(started, presetNames(wish.os), folder)
  open.add(farm)
  return farm
}

type Names = ReturnType<typeof presetNames>

/** The farm a test works with. */
export class LabFarm {
  readonly lab: Lab
  readonly names: Names
  readonly folder: string
  readonly composition: Composition
  readonly runs: RunInLab[] = []
  #files = 0

  constructor(started: Lab, names: Names, folder: string) {
    this.lab = started
    this.names = names
    this.folder = folder
    this.composition = compose('test', { HOME: folder, VDISKPREP_HOME: folder })
  }

  get model() {
    return this.lab.model
  }

  /** The disk the run is about, as the farm really has it. */
  get disk() {
    return this.lab.cast.disk
  }

  get master() {
    return this.lab.cast.master
  }

  get storeFile(): string {
    return join(this.folder, 'runs.db')
  }

  /** What really happened so far; of one machine in the form tests compare. */
  ledger(): readonly LedgerEntry[]
  ledger(machine: string): MachineLedger
  ledger(machine?: string): readonly LedgerEntry[] | MachineLedger {
    return machine === undefined ? this.lab.ledger() : this.lab.ledger(machine)
  }

  /** The plan of a workflow file with this text, read as the program reads it. */
  async plan(procedure: string, wish: WorkflowWish = {}): Promise<Plan> {
    const { master, canaries, disk } = this.names
    const usual = {
      extends: procedure,
      inventory: this.lab.files.inventory,
      farm: 'HQ',
      vdisk: { store: 'Store1', name: disk },
      target: master,
      canaries: [...canaries],
      policy: { verify: { poll: '5m' }, sealVDisk: { poll: '30s' }, createVDisk: { poll: '20s' }, release: { poll: '30s' } },
    }
    this.#files += 1
    const file = join(this.folder, `workflow-${String(this.#files)}.yaml`)
    await writeFile(file, stringify(merged(usual, wish)))
    const [plan] = readWorkflow(file, this.composition.files).plans
    if (plan === undefined) throw new Error('the workflow has no plan')
    return plan
  }

  /** The store as the next process opens it; a test may hand out one that cannot be written. */
  openStore: () => Store = () => this.composition.openStore(this.storeFile)

  /** Everything a run needs, with connections of its own as another process would have. */
  async world() {
    const inventory = readInventory(this.lab.files.inventory, this.composition.files)
    const store = this.openStore()
    const world = await this.composition.world(inventory, store)
    return { ...world, farmClock: this.lab.clock }
  }

  /** Begins a run and drives it until it ends or waits for a person. */
  async run(procedure: string, wish: WorkflowWish = {}, by: Person = maria): Promise<RunInLab> {
    const run = await RunInLab.begin(this, await this.plan(procedure, wish), by)
    this.runs.push(run)
    return run
  }

  async close(): Promise<void> {
    open.delete(this)
    await this.lab.close()
    await rm(this.folder, { recursive: true, force: true })
  }
}

function merged(base: WorkflowWish, over: WorkflowWish): WorkflowWish {
  const isBlock = (value: unknown): value is WorkflowWish => typeof value === 'object' && value !== null && !Array.isArray(value)
  const entries = Object.entries(over).map(([key, value]) => {
    const below = base[key]
    return [key, isBlock(value) && isBlock(below) ? merged(below, value) : value] as const
  })
  return { ...base, ...Object.fromEntries(entries) }
}
