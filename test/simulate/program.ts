import type { Clock, Ids } from '../../src/engine/ports/clock.ts'
import type { Kernel, Carrier } from './kernel.ts'

/** Whatever is awaited after the end of a program never comes. One for each who waits: a shared one would keep them all. */
function never(): Promise<never> {
  return new Promise(() => undefined)
}

/** What happens to one program at its n-th boundary: a call of the store or a send, before or after. */
export interface Stroke {
  readonly at: number
  readonly is: 'crash' | 'pause' | 'clock' | 'interrupt' | 'decision'
  /** Real milliseconds: how long it is paused, how far its clock is set. */
  readonly ms: number
}

/** What a program knows of the simulation around it. */
export interface Around {
  /** Somebody else is at work too: then every call takes a while, so that others come between. */
  crowded(): boolean
  told(what: string): void
  /** Somebody decides something just now. */
  meddle(): void
  struck(program: Program, where: string, stroke: Stroke): void
}

/** One process of this program on some machine: it can be killed and paused at every boundary of its ports, and its clock can be set. */
export class Program implements Carrier {
  readonly name: string
  readonly kernel: Kernel
  readonly interrupt = new AbortController()
  /** Called once at its end. */
  readonly onDeath: (() => void)[] = []
  /** The fence it was given last. */
  fence: number | null = null
  alive = true
  boundaries = 0
  #offset = 0
  #asleepUntil = 0
  readonly #strokes: readonly Stroke[]
  readonly #around: Around

  constructor(name: string, kernel: Kernel, strokes: readonly Stroke[], around: Around) {
    this.name = name
    this.kernel = kernel
    this.#strokes = strokes
    this.#around = around
  }

  /** One boundary. */
  async pass(where: string): Promise<void> {
    if (!this.alive) return await never()
    this.boundaries += 1
    for (const stroke of this.#strokes) if (stroke.at === this.boundaries) this.#strike(stroke, where)
    if (this.#around.crowded()) await this.kernel.sleep(this.kernel.random.next() * 5 * this.kernel.speed)
    await this.awake()
  }

  async awake(): Promise<void> {
    while (this.alive && this.kernel.now < this.#asleepUntil) await this.kernel.sleep(this.#asleepUntil - this.kernel.now)
    if (!this.alive) return await never()
  }

  get asleep(): boolean {
    return this.kernel.now < this.#asleepUntil
  }

  die(): void {
    if (!this.alive) return
    this.alive = false
    for (const call of this.onDeath) call()
  }

  #strike(stroke: Stroke, where: string): void {
    const { is, ms } = stroke
    this.#around.struck(this, where, stroke)
    this.#around.told(`${this.name}: ${is}${ms === 0 ? '' : ` ${String(ms)} ms`} at ${where}`)
    if (is === 'crash') this.die()
    if (is === 'clock') this.#offset += ms
    if (is === 'interrupt') this.interrupt.abort()
    if (is === 'decision') this.#around.meddle()
    if (is === 'decision' || is === 'pause') this.#sleep(ms)
  }

  #sleep(ms: number): void {
    this.#asleepUntil = Math.max(this.#asleepUntil, this.kernel.now + ms * this.kernel.speed)
  }

  /** Its machine's clock; `factor` 1 counts real time, the kernel's speed farm time. A wait is measured again at its end. */
  clock(start: number, factor: number): Clock {
    const { kernel } = this
    const now = () => Math.floor(start + (kernel.now / kernel.speed + this.#offset) * factor)
    return {
      now,
      wait: async (until, signal) => {
        signal.throwIfAborted()
        while (now() < until) await this.#nap(((until - now()) / factor) * kernel.speed, signal)
        await this.awake()
      },
    }
  }

  #nap(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        cancel()
        reject(new Error('stopped waiting'))
      }
      const cancel = this.kernel.after(Math.ceil(ms), () => {
        signal.removeEventListener('abort', stop)
        resolve()
      })
      signal.addEventListener('abort', stop, { once: true })
    })
  }
}

/** Names that the seed decides. Whether a program is surely gone shows only on its own machine. */
export function seededIds(kernel: Kernel, program: Program, gone: (owner: string) => boolean): Ids {
  return {
    run: () => Array.from({ length: 5 }, () => '23456789bcdfghjk'[kernel.below(16)]).join(''),
    owner: () => program.name,
    gone,
  }
}
