import { setTimeout as delay } from 'node:timers/promises'
import { faultOf } from '../../faults/fault.ts'
import type { Connection } from './transaction.ts'

/** How long a call waits in all for other programs that hold the store. Milliseconds. */
export const PATIENCE_MS = 30_000
const FIRST_PAUSE_MS = 10
const LONGEST_PAUSE_MS = 500

/** Repeats a transaction while other programs' locks are in its way, with growing pauses in which the rest of this program goes on. Safe for
 *  every transaction: one that is refused as busy is rolled back and has written nothing (see `transaction.ts`). */
export async function patiently<T>({ db }: Connection, patienceMs: number, work: () => T): Promise<T> {
  const giveUp = performance.now() + patienceMs
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return work()
    } catch (thrown) {
      if (faultOf(thrown).code !== 'STORE_BUSY' || performance.now() + pause > giveUp) throw thrown
      await delay(pause)
      if (!db.isOpen) throw thrown
    }
  }
}
