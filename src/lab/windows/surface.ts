import type { Farm } from '../model/farm.ts'
import type { PvsServer } from '../model/server.ts'
import type { Spot } from '../model/spot.ts'
import type { Leavings } from './machine/leavings.ts'

/** What a call to the Windows surface is answered with: the farm, the session it comes from, and farm time to spend. */
export interface Bench {
  readonly farm: Farm
  /** The host's name. */
  readonly host: string
  /** The run the session belongs to. */
  readonly run: string
  /** What agents have left on this host: files, volatile registry values, scheduled tasks. */
  readonly left: Leavings
  /** Lets farm time pass. Throws when the session is killed or the machine goes down meanwhile. */
  readonly spend: (ms: number) => Promise<void>
  /** The same for what goes on without the session, such as a scheduled task: only the machine's end ends it. */
  readonly spendApart: (ms: number) => Promise<void>
  /** Runs once the request under way has been answered: a machine that goes down in a few seconds answers first, at any speed. */
  readonly afterAnswer: (happen: () => void) => void
  /** True once for an operation whose native program hangs. */
  readonly hangs: () => boolean
}

/** Where the surface of a target device or canary is answered. */
export type TargetDesk = Bench & Spot
/** Where the surface of a PVS server is answered. */
export type ServerDesk = Bench & { readonly server: PvsServer }
/** Where the surface of the KMS host is answered. */
export type KmsDesk = Bench

/** Answers one call with a value that JSON carries; a Date arrives as a [datetime]. Throws a SurfaceError, or an error of the model. */
export type SurfaceCall<D> = (desk: D, args: never) => unknown

/** Calls by name. */
export type SurfaceCalls<D> = Readonly<Record<string, SurfaceCall<D>>>

/** How a call to the surface fails. `unmodelled`: the lab does not know such a class, filter, path, program or parameter, and never answers
 *  as if it were empty. `cim` carries an HRESULT, `pvs` a code of the snap-in, `path` a path that is not there. */
export class SurfaceError extends Error {
  readonly kind: 'unmodelled' | 'cim' | 'pvs' | 'path' | 'service' | 'internal'
  readonly code: string | number | null
  readonly details: string | null

  constructor(kind: SurfaceError['kind'], message: string, code: string | number | null = null, details: string | null = null) {
    super(message)
    this.name = 'SurfaceError'
    this.kind = kind
    this.code = code
    this.details = details
  }
}
