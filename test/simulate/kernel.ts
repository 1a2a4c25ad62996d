import { seededRandom, type Random } from '../../src/lab/random.ts'

/** A program whose timers stop with it: dead ones never ring, paused ones ring when it is woken. */
export interface Carrier {
  readonly alive: boolean
  /** Resolves at once, or when the program is woken; never for a dead one. */
  awake(): Promise<void>
}

interface Happening {
  readonly at: number
  readonly tie: number
  readonly call: () => void
  off: boolean
}

/** The real one: everything that is ready runs before it. */
const breathe = setImmediate

/** Time that only jumps: what is to happen happens in the order of its moment, and at one moment in an order that the seed decides. Moments are
 *  farm milliseconds since the beginning; `speed` of them make one real millisecond. */
export class Kernel {
  now = 0
  events = 0
  readonly speed: number
  readonly random: Random
  /** Whom timers belong to that are set now. */
  carrier: Carrier | null = null
  readonly #heap: Happening[] = []

  constructor(seed: number, speed: number) {
    this.random = seededRandom(seed)
    this.speed = speed
  }

  /** Calls after so many farm milliseconds. Returns what cancels it. */
  after(ms: number, call: () => void): () => void {
    const happening = { at: this.now + Math.max(0, ms), tie: this.random.next(), call, off: false }
    push(this.#heap, happening)
    return () => void (happening.off = true)
  }

  /** Lets farm milliseconds pass. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve)
    })
  }

  /** A number from 0 up to, not including, `most`. */
  below(most: number): number {
    return Math.floor(this.random.next() * most)
  }

  chance(share: number): boolean {
    return this.random.next() < share
  }

  /** Lives until `over` says so. False when nothing is left to happen or it took more than `most` events. */
  async live(over: () => boolean, most: number): Promise<boolean> {
    const last = this.events + most
    await new Promise((ready) => breathe(ready))
    while (!over()) {
      const next = pop(this.#heap)
      if (next === undefined || this.events >= last) return false
      if (next.off) continue
      this.now = next.at
      this.events += 1
      next.call()
      await new Promise((ready) => breathe(ready))
    }
    return true
  }
}

function sooner(one: Happening, other: Happening): boolean {
  return one.at < other.at || (one.at === other.at && one.tie < other.tie)
}

function push(heap: Happening[], item: Happening): void {
  let at = heap.length
  heap.push(item)
  while (at > 0) {
    const up = (at - 1) >> 1
    const parent = heap[up]
    if (parent === undefined || !sooner(item, parent)) break
    heap[at] = parent
    at = up
  }
  heap[at] = item
}

function pop(heap: Happening[]): Happening | undefined {
  const top = heap[0]
  const last = heap.pop()
  if (top === undefined || last === undefined || heap.length === 0) return top
  let at = 0
  for (;;) {
    let down = 2 * at + 1
    let child = heap[down]
    if (child === undefined) break
    const right = heap[down + 1]
    if (right !== undefined && sooner(right, child)) {
      down += 1
      child = right
    }
    if (!sooner(child, last)) break
    heap[at] = child
    at = down
  }
  heap[at] = last
  return top
}

/** What setTimeout gives here. */
interface Timer {
  stop: () => void
  unref(): Timer
  ref(): Timer
}

let current: Kernel | null = null

/** From now on timers of this process count the time of this kernel. */
export function liveBy(kernel: Kernel): void {
  if (current === null) replaceTimers()
  current = kernel
}

function replaceTimers(): void {
  const timer = (): Timer => ({
    stop: () => undefined,
    unref() {
      return this
    },
    ref() {
      return this
    },
  })
  const set = (call: () => void, ms = 0) => {
    const made = timer()
    const kernel = ruling()
    const { carrier } = kernel
    made.stop = kernel.after(ms * kernel.speed, () => ring(carrier, call))
    return made
  }
  const repeat = (call: () => void, ms: number) => {
    const made = timer()
    const kernel = ruling()
    const { carrier } = kernel
    let stopped = false
    const next = () => {
      const cancel = kernel.after(ms * kernel.speed, () => {
        if (carrier?.alive === false) return
        ring(carrier, () => {
          if (stopped) return
          call()
          next()
        })
      })
      made.stop = () => {
        stopped = true
        cancel()
      }
    }
    next()
    return made
  }
  const clear = (made: Timer | undefined) => made?.stop()
  Object.assign(globalThis, { setTimeout: set, setInterval: repeat, clearTimeout: clear, clearInterval: clear })
}

function ring(carrier: Carrier | null, call: () => void): void {
  if (carrier === null) call()
  else void carrier.awake().then(call)
}

function ruling(): Kernel {
  if (current === null) throw new Error('no simulation runs')
  return current
}
