/** What help says of a run that is to be typed. */
export const RUN_TYPED = 'id of the run or its beginning, or the name of the vDisk: its newest run'

/** Options that every command has. */
export interface CommonOptions {
  readonly json?: boolean
  readonly quiet?: boolean
  readonly store?: string
  readonly as?: string
  readonly debug?: boolean
  /** A caller in this process stops the work by this; the signals of the process are then left alone. */
  readonly signal?: AbortSignal
  /** Nothing is asked of anybody: a question becomes an exit code. */
  readonly nonInteractive?: boolean
}

/** Options of commands that draw a screen while something goes on. */
export interface ScreenOptions extends CommonOptions {
  /** A line for each event instead of a screen that is redrawn: for screen readers. */
  readonly plain?: boolean
}

/** Options of commands that drive runs, for those who call them: schedulers, pipelines, other programs. */
export interface CallerOptions extends ScreenOptions {
  /** The caller's own name for what it wants: asked for twice, it is begun once. */
  readonly key?: string
  /** Until when the command stays with its runs (default: held). */
  readonly waitFor?: 'held' | 'done'
  /** After so many milliseconds the runs are left at a safe point. */
  readonly timeout?: number
  /** Where metrics are written at the end. */
  readonly metrics?: string
  /** Where runs that ended are sent as traces. */
  readonly traces?: string
}
