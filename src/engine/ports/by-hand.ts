import type { FaultRecord } from '../../faults/fault.ts'

/** One question that waits until a person has taken it to its host. */
export interface HandQuestion {
  /** Its place among all questions of the folder. */
  readonly n: number
  readonly run: string
  readonly op: string
  /** What it reads or changes, as a sentence without a full stop. */
  readonly does: string
  /** It changes the host. */
  readonly act: boolean
  /** What that spends or what cannot be taken back; null when nothing is. */
  readonly cost: string | null
  /** How often the same was asked before: a wait asks again. */
  readonly before: number
}

/** The questions of one host, and the line to be typed there, which answers all of them. */
export interface HandHost {
  readonly host: string
  readonly type: string
  readonly questions: readonly HandQuestion[]
}

/** The people who carry questions to hosts and answers back. */
export interface Hands {
  /** The folder that travels, as this machine calls it. */
  readonly folder: string
  /** The same as the hosts call it, such as E:\vdp. */
  readonly there: string
  /** Aborts when they leave: an act that waits for them is in doubt from then on. */
  readonly leaving: AbortSignal
  /** Everything that waits for them, whenever that has changed. */
  waiting(hosts: readonly HandHost[]): void
  /** An answer came that cannot be taken. Its question still waits. */
  wrong(fault: FaultRecord): void
  /** What they type or paste goes to `take`, a line at a time. */
  listen(take: (line: string) => void): void
}
