import { fold, type Stamped } from '../../procedure/fold.ts'
import { sentenceOf } from '../../procedure/story.ts'
import { emptyView } from '../../procedure/view-changes.ts'
import type { RunView } from '../../procedure/run-view.ts'

/** A sentence of a run's story: position and time of the journal line it tells. */
export interface Told {
  readonly seq: number
  readonly at: number
  readonly says: string
}

/** What the live view knows of a run. */
export interface LiveRun {
  readonly view: RunView
  /** The last sentences of its story. */
  readonly story: readonly Told[]
}

/** More of a story than this is left to `show`. */
const KEPT = 400

/** A run of which nothing was read yet. */
export function unread(run: string): LiveRun {
  return { view: emptyView(run), story: [] }
}

/** The live view's knowledge after one more journal line. Pure; the same lines always give the same. */
export function foldLive({ view, story }: LiveRun, one: Stamped): LiveRun {
  const says = sentenceOf(one)
  const more = says === null ? story : [...story.slice(1 - KEPT), { seq: one.seq, at: one.at, says }]
  return { view: fold(view, one), story: more }
}
