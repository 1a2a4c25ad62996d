import type { RunId, Store } from '../../engine/ports/store.ts'
import { fold, stamped, type Stamped } from '../../procedure/fold.ts'
import { emptyView } from '../../procedure/view-changes.ts'
import type { RunView } from '../../procedure/run-view.ts'

/** A run as its journal tells it now. */
export async function viewOf(store: Store, run: RunId): Promise<RunView> {
  let view = emptyView(run)
  for await (const line of store.journal(run)) view = fold(view, stamped(line))
  return view
}

/** Every run that is wanted as its journal tells it now; of one that has ended only its first and its last line are read. */
export async function viewsOf(store: Store, wanted: (run: RunId) => boolean = () => true): Promise<readonly RunView[]> {
  const lines = (await store.ends()).filter(({ run }) => wanted(run)).map(stamped)
  return await Promise.all(
    [...Map.groupBy(lines, ({ run }) => run)].map(async ([run, own]) => {
      const brief = own.reduce(fold, emptyView(run))
      return brief.state === 'ended' ? brief : await viewOf(store, run)
    }),
  )
}

/** All lines of a run's journal, in order. */
export async function linesOf(store: Store, run: RunId, after = 0): Promise<readonly Stamped[]> {
  const lines: Stamped[] = []
  for await (const line of store.journal(run, after)) lines.push(stamped(line))
  return lines
}

/** Reads a growing journal: each call gives what is new since the last one, and the view that it makes. */
export function follow(store: Store, run: RunId): () => Promise<{ readonly fresh: readonly Stamped[]; readonly view: RunView }> {
  let view = emptyView(run)
  return async () => {
    const fresh = await linesOf(store, run, view.lines)
    view = fresh.reduce(fold, view)
    return { fresh, view }
  }
}
