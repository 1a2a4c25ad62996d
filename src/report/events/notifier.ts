import type { Stamped } from '../../procedure/fold.ts'
import type { RunView } from '../../procedure/run-view.ts'
import type { Notice } from './notice.ts'

/** How telling one channel ended: after how many attempts, and what was said last. */
export interface Delivery {
  readonly channel: string
  readonly ok: boolean
  readonly attempts: number
  readonly says: string
}

/** Tells people beyond the terminal of a run. What cannot be delivered changes nothing of the run: it stands in the diary. */
export interface Notifier {
  /** Begins to tell; returns at once. */
  tell(notice: Notice): void
  /** Begins to send a run that has ended to a collector of traces (OTLP over HTTP); returns at once. */
  trace(url: string, view: RunView, lines: readonly Stamped[]): void
  /** Resolves when everything was delivered or given up, half a minute after the last was told at the latest, with those that were not. */
  settled(): Promise<readonly Delivery[]>
  /** Tells every channel, whatever it wants to hear of. */
  test(notice: Notice): Promise<readonly Delivery[]>
}
