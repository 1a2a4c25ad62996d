/** Where runs are kept and how hosts are found; what is not said is as on the command line. */
export interface Place {
  /** The database of runs. */
  readonly store?: string
  /** Use these hosts instead of those the workflow file names. */
  readonly inventory?: string
  /** A name recorded beside the login, as a claim. */
  readonly as?: string
  /** Variables to use instead of those of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Stops the work at its next safe point. Signals of the process stay the caller's. */
  readonly signal?: AbortSignal
}

/** One problem in a file. Line and column count from 1; line 0 means the file as a whole. */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly col: number
  readonly message: string
  readonly suggestion: string | null
  readonly expected: string | null
}

/** What is wrong with a file, and what it is about when nothing is. */
export interface Validated {
  readonly ok: boolean
  readonly kind: 'workflow' | 'procedure' | 'inventory'
  readonly problems: readonly Problem[]
  readonly vdisks: readonly { readonly title: string; readonly farm: string; readonly store: string; readonly name: string }[]
}

/** One step of a plan: what a run would make of it now, and the evidence. */
export interface PlannedStep {
  readonly step: string
  readonly outlook: 'satisfied' | 'will-act' | 'blocked' | 'cannot-know' | 'left-out'
  readonly says: readonly string[]
}

/** What a run would do now. `hash` is the same as long as the facts that decide are the same. */
export interface Planned {
  readonly hash: string
  readonly blocked: boolean
  readonly vdisks: readonly { readonly title: string; readonly scenario: string; readonly steps: readonly PlannedStep[] }[]
}

/** One event of a journal, as `--json` prints it: docs/events.schema.json says what each type holds beside these. */
export interface RunEventLine {
  readonly v: 1
  readonly run: string
  /** Place in the journal of the run, from 1 without gaps. */
  readonly seq: number
  /** Milliseconds since 1970, by the clock of the farm. */
  readonly at: number
  readonly type: string
  readonly [field: string]: unknown
}

/** A failure that has a name; docs/faults.md tells what each means. */
export interface FaultTold {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>
}

/** Where a run stands when it was left. */
export interface LeftRun {
  /** Null when none was begun. */
  readonly run: string | null
  readonly title: string
  readonly state: 'running' | 'stopped' | 'held' | 'approval' | 'ended' | null
  readonly outcome: 'verified' | 'sealed-unverified' | 'mended' | 'failed' | 'aborted' | null
  /** What the command line would exit with. */
  readonly exit: number
  readonly fault: FaultTold | null
  /** What a person is asked to allow. */
  readonly approval: string | null
  readonly step: string | null
}

/** How runs were left: one for each vDisk of the file. `exit` is the highest of theirs, 0 only when all are verified. */
export interface RunResult {
  readonly exit: number
  readonly why: 'done' | 'timeout' | 'interrupted'
  readonly runs: readonly LeftRun[]
}

/** How long and under which name runs are driven. */
export interface Drive extends Place {
  /** Until when they are stayed with (default: held). */
  readonly waitFor?: 'held' | 'done'
  /** After so many milliseconds they are left at a safe point. */
  readonly timeoutMs?: number
  /** Your name for what you want: asked for twice, it is begun once. */
  readonly key?: string
  /** Refuse to begin when the plan of now is another one. */
  readonly plan?: string
}

/** Runs under way. */
export interface Driven {
  /** What happens, event by event, from the beginning of each journal; ends when the runs are left. To be read once. */
  events(): AsyncIterable<RunEventLine>
  /** How the runs were left. Rejects with a VdiskprepError when nothing could be begun. */
  readonly result: Promise<RunResult>
}

/** What a person, or a program in a person's name, decides. */
export interface Decision extends Place {
  readonly run: string
  readonly decision: 'approve' | 'retry' | 'mark-done' | 'skip' | 'abort' | 'take-over'
  readonly reason?: string
  /** Which of the offered ways is approved. */
  readonly option?: string
}
