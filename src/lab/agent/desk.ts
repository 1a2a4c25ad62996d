import type { ArgsOf, FactsOf, OperationName } from '../../wire/operations/catalogue.ts'
import type { ActMemory } from '../model/act-memory.ts'
import type { Farm } from '../model/farm.ts'
import type { PvsServer } from '../model/server.ts'
import type { Spot } from '../model/spot.ts'

/** What every operation works with: the farm, the host's memory of acts, and farm time to spend. */
interface Bench {
  readonly farm: Farm
  readonly memory: ActMemory
  /** The run the session belongs to: fences are counted per run. */
  readonly run: string
  /** Lets farm time pass. Throws when the act is killed or the machine goes down meanwhile. */
  spend(ms: number): Promise<void>
  /** True once for an operation whose native program hangs. */
  hangs(op: OperationName): boolean
}

/** What acts work with: `begin` comes after the first look of an act and before it changes anything. */
interface ActBench extends Bench {
  readonly begin: () => void
  /** What goes on as a scheduled task when the session is killed. */
  apart<T>(work: (spend: (ms: number) => Promise<void>) => Promise<T>): Promise<T>
}

/** Where operations on a target device or canary are answered. */
export type TargetDesk = ActBench & Spot
/** Where operations on a PVS server are answered. */
export type ServerDesk = ActBench & { readonly server: PvsServer }
/** Where operations on the KMS host are answered. */
export type KmsDesk = Bench

/** Operations by name, answered at one kind of desk. */
export type Handlers<D> = { readonly [O in OperationName]?: (desk: D, args: ArgsOf<O>) => FactsOf<O> | Promise<FactsOf<O>> }
