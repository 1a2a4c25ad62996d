import type { FaultTold } from './contract.ts'

/** A failure that has a name: what was found, what it means for the vDisk, and what to do about it. */
export class VdiskprepError extends Error implements FaultTold {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>
  readonly effect: string
  readonly remedy: readonly string[]

  constructor(
    told: FaultTold & { readonly says: string; readonly effect: string; readonly remedy: readonly string[] },
    cause?: unknown,
  ) {
    super(told.says, { cause })
    this.name = 'VdiskprepError'
    this.code = told.code
    this.details = told.details
    this.effect = told.effect
    this.remedy = told.remedy
  }
}
