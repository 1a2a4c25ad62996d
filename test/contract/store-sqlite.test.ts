import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Store } from '../../src/engine/ports/store.ts'
import { openStore } from '../../src/store/sqlite/open.ts'
import { storeContract } from './store.ts'
import type { StoreRig } from './store-rig.ts'

async function sqliteRig(): Promise<StoreRig> {
  const folder = await mkdtemp(join(tmpdir(), 'vdp-store-'))
  const path = join(folder, 'runs.db')
  const opened: Store[] = []
  const open = () => {
    const store = openStore(path)
    opened.push(store)
    return store
  }
  const byHand = (sql: string, ...values: (string | number)[]) => {
    const db = new DatabaseSync(path)
    db.prepare(sql).run(...values)
    db.close()
  }
  return {
    store: open(),
    other: open(),
    async reopen() {
      await opened[0]?.close()
      return open()
    },
    alter: (run, seq, change) =>
      Promise.try(() => {
        for (const [column, value] of Object.entries(change))
          byHand(
            `update journal set ${column} = ? where run = ? and seq = ?`,
            typeof value === 'object' ? JSON.stringify(value) : (value as string | number),
            run,
            seq,
          )
      }),
    remove: (run, seq) => Promise.try(() => byHand('delete from journal where run = ? and seq = ?', run, seq)),
    async dispose() {
      for (const store of opened) await store.close()
      await rm(folder, { recursive: true })
    },
  }
}

storeContract('SQLite', sqliteRig)
