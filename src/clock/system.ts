import { setTimeout as delay } from 'node:timers/promises'
import type { Clock, Instant } from '../engine/ports/clock.ts'

/** How long a wait goes without a look at the clock: timers stand still while a laptop sleeps and know nothing of a clock that is set. */
const LOOK_MS = 1000

/** This machine's clock. */
export const systemClock: Clock = farmClock(1, 0)

/** Farm time: this machine's clock, or on a lab `speed` times as fast since the lab's start. It never goes back: while the wall clock was
 *  set back it goes on by the monotonic one, so that no wait grows longer than it was asked for. It follows a clock that is set forward. */
export function farmClock(speed: number, start: Instant, wall: () => number = Date.now): Clock {
  let last = -Infinity
  let lastAt = 0
  const now = () => {
    const at = performance.now()
    last = Math.max(wall(), last + at - lastAt)
    lastAt = at
    return Math.floor(start + (last - start) * speed)
  }
  return {
    now,
    async wait(until, signal) {
      signal.throwIfAborted()
      for (let left = until - now(); left > 0; left = until - now()) {
        await delay(Math.min(LOOK_MS, Math.ceil(left / speed)), undefined, { signal })
      }
    },
  }
}
