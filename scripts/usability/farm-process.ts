import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { realClock, type FarmClock } from '../../src/lab/clock.ts'
import { applyFaults } from '../../src/lab/faults/catalogue.ts'
import type { FaultUse } from '../../src/lab/farm-file/schema.ts'
import { startLab, type Lab } from '../../src/lab/lab.ts'
import { farm } from './site.ts'

/** What the scene asks of its farm: another pace from a moment on (farm ms since 1970), a fault (for the prep device named, where it comes with
 *  one), or the end of a program as soon as the Office rearm of a machine is under way. */
export type Wish =
  | { readonly speed: number; readonly at: number }
  | { readonly fault: FaultUse; readonly master: string }
  | { readonly kill: number; readonly whileRearming: string }

/** Time that can be moved on and change its pace; whatever becomes due by that happens at once. */
class Time implements FarmClock {
  #inner: FarmClock
  readonly #alarms = new Set<{ at: number; call: () => void; cancel: () => void }>()

  constructor(speed: number, at: number) {
    this.#inner = realClock(speed, at)
  }

  get speed(): number {
    return this.#inner.speed
  }

  now(): number {
    return this.#inner.now()
  }

  go(speed: number, at: number): void {
    this.#inner.close()
    this.#inner = realClock(speed, at)
    for (const alarm of this.#alarms) alarm.cancel = this.#inner.wake(alarm.at, alarm.call)
  }

  wake(at: number, call: () => void): () => void {
    const ring = () => {
      this.#alarms.delete(alarm)
      call()
    }
    const alarm = { at, call: ring, cancel: this.#inner.wake(at, ring) }
    this.#alarms.add(alarm)
    return () => {
      this.#alarms.delete(alarm)
      alarm.cancel()
    }
  }

  async wait(until: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>()
    const cancel = this.wake(until, () => resolve(undefined))
    const stop = () => reject(signal?.reason as Error)
    if (signal?.aborted === true) stop()
    signal?.addEventListener('abort', stop, { once: true })
    await promise.finally(() => {
      cancel()
      signal?.removeEventListener('abort', stop)
    })
  }

  close(): void {
    this.#inner.close()
  }
}

/** Other programs compute the farm's time from two numbers in its inventory. */
function writePace(inventory: string, { speed, at }: { readonly speed: number; readonly at: number }): void {
  const start = Math.round((Date.now() * speed - at) / (speed - 1))
  const text = readFileSync(inventory, 'utf8')
  writeFileSync(
    inventory,
    text.replace(/^lab:\n {2}speed: .*\n {2}start: .*$/m, `lab:\n  speed: ${String(speed)}\n  start: ${String(start)}`),
  )
}

async function fulfil(wish: Wish, lab: Lab, time: Time): Promise<void> {
  if ('speed' in wish) {
    time.go(wish.speed, wish.at)
    writePace(lab.files.inventory, wish)
    return
  }
  if ('fault' in wish) {
    const master = lab.model.devices.find(({ name }) => name === wish.master)
    if (master) applyFaults(lab.model, { ...lab.cast, master }, [wish.fault])
    return
  }
  const machine = lab.model.devices.find(({ name }) => name === wish.whileRearming)
  while (machine?.running?.officeRearmed !== 'begun') await new Promise((soon) => setTimeout(soon, 5))
  process.kill(wish.kill, 'SIGKILL')
}

const [folder = '.', ...pace] = process.argv.slice(2)
const [speed = 1, at = 0] = pace.map(Number)
const time = new Time(speed, at)
const lab = await startLab(farm, { dir: join(folder, 'farm'), speed, clock: time })
process.on('message', (wish: Wish) => {
  void fulfil(wish, lab, time).then(() => process.send?.('done'))
})
process.once('SIGTERM', () => void lab.close())
await fulfil({ speed, at }, lab, time)
process.send?.('ready')
