import type { FarmClock } from '../clock.ts'

/** What is going to happen in the farm by itself, in the order of farm time. */
export interface Timeline {
  /** The moment being lived through: that of the happening while one runs, else the clock's. */
  now(): number
  /** Lets `happen` run after that many farm milliseconds. Returns what cancels it. */
  after(ms: number, happen: () => void): () => void
  /** Runs everything that is due, each at its own moment. Whoever looks at the farm calls this first. */
  settle(): void
}

/** A timeline on a clock: what is due happens at its exact moment, however late the clock's own wake-up comes. */
export function createTimeline(clock: FarmClock): Timeline {
  let moment: number | undefined
  let order = 0
  let pending: { at: number; n: number; happen: () => void; unwake: () => void }[] = []

  const now = () => moment ?? clock.now()
  const settle = () => {
    if (moment !== undefined) return
    for (;;) {
      const until = clock.now()
      const next = pending.reduce<(typeof pending)[number] | undefined>(
        (best, one) => (one.at > until || (best && (best.at < one.at || (best.at === one.at && best.n < one.n))) ? best : one),
        undefined,
      )
      if (next === undefined) return
      pending = pending.filter((one) => one !== next)
      next.unwake()
      moment = next.at
      try {
        next.happen()
      } finally {
        moment = undefined
      }
    }
  }
  const after = (ms: number, happen: () => void) => {
    const at = now() + ms
    const entry = { at, n: order++, happen, unwake: clock.wake(at, settle) }
    pending.push(entry)
    return () => {
      entry.unwake()
      pending = pending.filter((one) => one !== entry)
    }
  }
  return { now, after, settle }
}
