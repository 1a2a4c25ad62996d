import { setTimeout as delay } from 'node:timers/promises'
import type { Clock, Instant } from '../engine/ports/clock.ts'

/** Longest timer that Node takes; longer waits are made of several. */
const LONGEST = 2_147_000_000

/** This machine's clock. */
export const systemClock: Clock = farmClock(1, 0)

/** Farm time: this machine's clock, or on a lab `speed` times as fast since the lab's start. A wait is re-measured when it ends, so that a
 *  clock that was set or a laptop that slept neither shortens nor forgets it. */
export function farmClock(speed: number, start: Instant): Clock {
  const now = () => Math.floor(start + (Date.now() - start) * speed)
  return {
    now,
    async wait(until, signal) {
      signal.throwIfAborted()
      for (let left = until - now(); left > 0; left = until - now()) {
        await delay(Math.min(LONGEST, Math.ceil(left / speed)), undefined, { signal })
      }
    },
  }
}
