/** Farm time: milliseconds since 1970 (UTC) as the simulated farm counts them. */
export interface FarmClock {
  /** Farm seconds per real second; 0 where time is virtual and only jumps. */
  readonly speed: number
  now(): number
  /** Resolves once farm time has reached the moment; rejects with the signal's reason. In virtual time this is what makes time move. */
  wait(until: number, signal?: AbortSignal): Promise<void>
  /** Calls back once farm time has reached the moment, without making virtual time move. Returns what cancels it. */
  wake(at: number, call: () => void): () => void
  /** Drops everything that still waits; no callback runs after it. */
  close(): void
}

/** setTimeout takes no longer delay than this. */
const LONGEST_TIMER = 2_147_483_647

/** Real time, `speed` times faster: a boot of 60 farm seconds lasts 60 ms at 1000. Begins at `start`, by default now. */
export function realClock(speed: number, start = Date.now()): FarmClock {
  const origin = performance.now()
  const timers = new Set<NodeJS.Timeout>()
  const now = () => start + Math.floor((performance.now() - origin) * speed)

  const wake = (at: number, call: () => void): (() => void) => {
    let timer: NodeJS.Timeout
    const arm = () => {
      timer = setTimeout(
        () => {
          timers.delete(timer)
          if (now() >= at) call()
          else arm()
        },
        Math.min(LONGEST_TIMER, Math.max(0, (at - now()) / speed)),
      )
      timers.add(timer)
    }
    arm()
    return () => {
      clearTimeout(timer)
      timers.delete(timer)
    }
  }
  const close = () => {
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
  }
  return { speed, now, wake, wait: waiting(wake), close }
}

interface Alarm {
  readonly at: number
  readonly call: () => void
  readonly drives: boolean
}

/** Virtual time: stands still until somebody waits, then jumps from alarm to alarm up to the earliest waiter. */
export function virtualClock(start: number): FarmClock & { advance(ms: number): Promise<void> } {
  let moment = start
  let jumping = false
  const alarms = new Set<Alarm>()

  const earliest = () =>
    [...alarms].reduce<Alarm | undefined>((best, next) => (best && best.at <= next.at ? best : next), undefined)
  const jump = () => {
    jumping = false
    if (![...alarms].some((alarm) => alarm.drives)) return
    const next = earliest()
    if (next === undefined) return
    alarms.delete(next)
    moment = Math.max(moment, next.at)
    next.call()
    soon()
  }
  const soon = () => {
    if (jumping) return
    jumping = true
    setImmediate(jump)
  }
  const set = (at: number, call: () => void, drives: boolean) => {
    const alarm = { at, call, drives }
    alarms.add(alarm)
    if (drives) soon()
    return () => void alarms.delete(alarm)
  }
  const wait = waiting((at, call) => set(at, call, true))
  return {
    speed: 0,
    now: () => moment,
    wake: (at, call) => set(at, call, false),
    wait,
    advance: (ms) => wait(moment + ms),
    close: () => alarms.clear(),
  }
}

function waiting(wake: FarmClock['wake']): FarmClock['wait'] {
  return (until, signal) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) {
        reject(reasonOf(signal))
        return
      }
      const stop = () => {
        cancel()
        if (signal) reject(reasonOf(signal))
      }
      const cancel = wake(until, () => {
        signal?.removeEventListener('abort', stop)
        resolve()
      })
      signal?.addEventListener('abort', stop, { once: true })
    })
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('stopped waiting')
}
