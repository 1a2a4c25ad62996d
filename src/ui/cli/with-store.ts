import type { Composition } from '../../compose.ts'
import type { Store, StoredRun } from '../../engine/ports/store.ts'
import { findRun } from './find-run.ts'

/** Where a command's store lies, and whether it is only read. */
interface StorePlace {
  readonly store?: string
  readonly readOnly?: boolean
}

/** Opens the store for a piece of work and closes it however that ends. Rejects with the work's fault, or the store's. */
export async function withStore<T>(
  { openStore }: Pick<Composition, 'openStore'>,
  { store: path, readOnly = false }: StorePlace,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const store = openStore(path ?? null, readOnly)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** The same for work on one run, found by what was typed; `toChange`: for work that may change it (see `findRun`). */
export async function withRun<T>(
  composition: Pick<Composition, 'openStore'>,
  { toChange = false, ...place }: StorePlace & { readonly toChange?: boolean },
  typed: string | undefined,
  work: (stored: StoredRun, store: Store) => Promise<T>,
): Promise<T> {
  return await withStore(composition, place, async (store) => await work(await findRun(store, typed, toChange), store))
}
