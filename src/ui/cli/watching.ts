import type { Store } from '../../engine/ports/store.ts'

/** A store that tells after each write which run it was about. */
export function watched(store: Store, wrote: (run: string) => void): Store {
  return {
    ...store,
    create: async (fresh, first) => {
      await store.create(fresh, first)
      wrote(fresh.run)
    },
    commit: async (turn) => {
      const end = await store.commit(turn)
      wrote(turn.run)
      return end
    },
  }
}
