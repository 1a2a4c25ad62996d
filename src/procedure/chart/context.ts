import type { FaultRecord } from '../../faults/fault.ts'
import type { Plan } from '../../workflow/plan.ts'
import type { Outcome, Person } from '../events.ts'
import { emptyMemory, type Memory } from '../memory.ts'
import type { ActEnd, Intent } from '../stage.ts'
import type { Verdict } from '../verdict.ts'

/** Why the chart looks: before an act, after it, or because a person says that it is done. */
export type Phase = 'look' | 'confirm' | 'mark'

/** The stage the run is in. Begins anew with every stage. */
export interface StageContext {
  readonly place: string
  readonly phase: Phase
  /** Looks in a row that brought nothing to judge by. */
  readonly blanks: number
  /** Acts begun in this stage since the last decision, by key. */
  readonly acts: Readonly<Record<string, number>>
  /** Acts of this stage whose request was lost before the host began them, since the last decision. */
  readonly lost: number
  readonly granted: readonly string[]
  /** The stage's digest of the facts last looked at; it becomes the intent's. */
  readonly baseline: unknown
  readonly intent: Intent | null
  readonly end: ActEnd | null
  /** An act whose outcome is unknown and not settled yet. */
  readonly inDoubt: boolean
  readonly verdict: Verdict | null
  readonly silence: FaultRecord | null
  /** Who wants to go on without this stage, once its act in doubt has been asked for. */
  readonly skipWanted: { readonly by: Person; readonly reason: string | null } | null
  /** What the run is held for, kept while a person's word is checked. */
  readonly heldFor: FaultRecord | null
}

/** What a run remembers between two events. The plan is left out of the stored snapshot: it stands in the run's row. */
export interface RunContext {
  readonly plan: Plan
  readonly startedBy: Person
  readonly memory: Memory
  readonly stage: StageContext
  /** How many acts this run has intended: part of each effect's name, so that no two share one. */
  readonly intents: number
  /** How often each act was begun in this run, and how many repeats a person has allowed. */
  readonly begun: Readonly<Record<string, number>>
  readonly allowed: Readonly<Record<string, number>>
  readonly approvedSteps: readonly string[]
  /** Lease keys this run has to hold now. */
  readonly leases: readonly string[]
  readonly abortWanted: boolean
  readonly ending: Outcome | null
  /** Why the run ends so, as it was told. */
  readonly endsFor: { readonly because: string; readonly fault: FaultRecord | null } | null
  /** Why the run cannot end as verified. */
  readonly unproved: readonly string[]
}

/** A stage nothing has happened in yet. */
export function freshStage(place: string): StageContext {
  return {
    place,
    phase: 'look',
    blanks: 0,
    acts: {},
    lost: 0,
    granted: [],
    baseline: null,
    intent: null,
    end: null,
    inDoubt: false,
    verdict: null,
    silence: null,
    skipWanted: null,
    heldFor: null,
  }
}

/** The run's first context. Its leases: the physical vDisk and the prep device, and the mount slot of a server whose mount it mends. */
export function freshContext(input: { readonly plan: Plan; readonly by: Person }): RunContext {
  const { farm, vdisk, target, mend } = input.plan
  const place = placeOf(input.plan)
  return {
    plan: input.plan,
    startedBy: input.by,
    memory: emptyMemory,
    stage: freshStage(''),
    intents: 0,
    begun: {},
    allowed: {},
    approvedSteps: [],
    leases: [
      ...(mend?.check === 'mount.slot' ? [`mount:${place}/${mend.host}`] : []),
      `target:${place}/${target.device}`,
      `vdisk:${place}/${farm.site}/${vdisk.store}/${vdisk.name}`,
    ],
    abortWanted: false,
    ending: null,
    endsFor: null,
    unproved: [],
  }
}

/** A server has one mount slot; preparation is serial per PVS server. Source: pvs.md 4.5. */
export function mountSlot(plan: Plan): string {
  return `mount:${placeOf(plan)}/${plan.farm.server}`
}

/** The farm by name; a simulated one by its inventory too, so that it is never taken for a real farm or for another lab of that name. */
function placeOf({ farm, source }: Plan): string {
  return source.simulated === true ? `${farm.name}@${source.inventory}` : farm.name
}
