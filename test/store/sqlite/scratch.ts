import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '../../../src/engine/ports/store.ts'

/** A folder of its own for one test file, and the stores opened in it: `clear` closes them and takes the folder away. */
export interface Scratch {
  readonly folder: string
  path(name?: string): string
  keep<S extends Store>(store: S): S
  clear(): Promise<void>
}

export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'vdp-store-'))
  const stores: Store[] = []
  let files = 0
  return {
    folder,
    path: (name) => join(folder, name ?? `runs-${String((files += 1))}.db`),
    keep(store) {
      stores.push(store)
      return store
    },
    async clear() {
      for (const store of stores) await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}
