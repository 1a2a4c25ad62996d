/** Faults that act while the farm runs, as counters and switches the model asks at the right moment. Names of operations are the wire's. */
export interface Mischief {
  /** Links that break around an act: before it begins, or after it ended and before the answer leaves. */
  readonly links: { readonly op: string; readonly when: 'before' | 'after'; left: number }[]
  /** Answers that come late by real milliseconds, once each. */
  readonly late: { readonly op: string; readonly ms: number; left: number }[]
  /** Native programs that hang until the agent kills them, per operation. */
  readonly hung: Set<string>
  /** Farm time of every operation is multiplied by this, per host. */
  readonly slow: Map<string, number>
  /** Devices that turn a shutdown into a reboot, once each. */
  readonly rebootInsteadOfOff: Set<string>
  /** Devices whose lock is left behind at the next power-off. */
  readonly keepLock: Set<string>
  /** Devices that reboot by themselves so many farm ms after an operation. */
  readonly rebootAfter: { readonly device: string; readonly op: string; readonly ms: number; left: number }[]
  /** Power tasks that report success and do nothing, per device. */
  readonly idleTask: Set<string>
  /** Devices on which the Imaging Wizard fails, once each. */
  readonly imagingFails: Set<string>
  /** Servers that cannot let go of the next trial mount, once each. */
  readonly stuckMount: Set<string>
  /** Devices that no power-on command reaches. */
  readonly unwakeable: Set<string>
  /** Foreign devices that take the disk as soon as it is Private and unlocked: disk guid -> device id. */
  readonly foreignWriter: Map<string, string>
  /** Mode changes that outlive their request (code 177). */
  modeChangeAsTask: boolean
  /** Mode changes whose task says complete and changed nothing. */
  modeTaskLies: boolean
  /** The Office rearm leaves the shared store closed. Unproven; contradicted only by practice. Source: kms.md 4.3. */
  officeRearmLocksStore: boolean
  /** Rearms that answer success and change nothing, without any SkipRearm to show for it. */
  rearmDoesNothing: boolean
  /** Disks that another administrator closes (Standard, without KMS) as soon as they are unlocked. */
  readonly closedByOther: Set<string>
  /** KMS preparation runs without an error and prepares nothing. */
  prepDoesNothing: boolean
  /** The KMS host goes away at the first change of a disk to Standard. */
  kmsLeavesAtSeal: boolean
  /** Servers whose farm does not answer a session that logged in with a key. */
  readonly deafToKeys: Set<string>
  /** Which banner hosts answer with. */
  readonly banner: Map<string, { language?: 'ConstrainedLanguage'; elevated?: boolean; bits?: 32 }>
}

/** A farm in which nothing goes wrong. */
export function noMischief(): Mischief {
  return {
    links: [],
    late: [],
    hung: new Set(),
    slow: new Map(),
    rebootInsteadOfOff: new Set(),
    keepLock: new Set(),
    rebootAfter: [],
    idleTask: new Set(),
    imagingFails: new Set(),
    stuckMount: new Set(),
    unwakeable: new Set(),
    foreignWriter: new Map(),
    modeChangeAsTask: false,
    modeTaskLies: false,
    officeRearmLocksStore: false,
    rearmDoesNothing: false,
    closedByOther: new Set(),
    prepDoesNothing: false,
    kmsLeavesAtSeal: false,
    deafToKeys: new Set(),
    banner: new Map(),
  }
}
