import type { JournalEntry, Store } from '../../engine/ports/store.ts'

/** A store that tells after each write which run it was about, and what was added to its journal. */
export function watched(store: Store, wrote: (run: string, entries: readonly JournalEntry[]) => void): Store {
  return {
    ...store,
    create: async (fresh, first) => {
      await store.create(fresh, first)
      wrote(fresh.run, first.entries)
    },
    commit: async (turn) => {
      const end = await store.commit(turn)
      wrote(turn.run, turn.entries)
      return end
    },
  }
}
