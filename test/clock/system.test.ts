import { expect, test } from '@jest/globals'
import { farmClock } from '../../src/clock/system.ts'

const HOUR = 3_600_000
const never = new AbortController().signal

/** This machine's clock, and a hand that sets it. */
function setBy() {
  let by = 0
  return { clock: (speed = 1) => farmClock(speed, 0, () => Date.now() + by), set: (ms: number) => void (by += ms) }
}

test('a clock that is set back prolongs no wait that has begun', async () => {
  const { clock, set } = setBy()
  const time = clock()
  const begun = performance.now()
  const waiting = time.wait(time.now() + 400, never)
  set(-HOUR)
  await waiting
  expect(performance.now() - begun).toBeGreaterThanOrEqual(395)
  expect(performance.now() - begun).toBeLessThan(20_000)
})

test('a clock that is set back does not take back what time it was, and goes on from there', async () => {
  const { clock, set } = setBy()
  const time = clock(100)
  const before = time.now()
  set(-HOUR)
  expect(time.now()).toBeGreaterThanOrEqual(before)
  await time.wait(before + 2000, never)
  expect(time.now()).toBeGreaterThanOrEqual(before + 2000)
  expect(time.now()).toBeLessThan(before + HOUR)
})

test('a clock that is set forward, or a night of sleep, ends a long wait at once', async () => {
  const { clock, set } = setBy()
  const time = clock()
  const begun = performance.now()
  const waiting = time.wait(time.now() + 8 * HOUR, never)
  set(9 * HOUR)
  await waiting
  expect(performance.now() - begun).toBeLessThan(20_000)
})

test('a wait ends when nobody wants it any more', async () => {
  const time = farmClock(1, 0)
  const stop = new AbortController()
  const waiting = time.wait(time.now() + HOUR, stop.signal)
  stop.abort()
  await expect(waiting).rejects.toThrow()
  await expect(time.wait(time.now(), stop.signal)).rejects.toThrow()
})

test('farm time on a lab runs as fast as the lab, from its start', () => {
  const start = Date.now() - 1000
  const time = farmClock(60, start)
  expect(time.now() - start).toBeGreaterThanOrEqual(60_000)
  expect(time.now() - start).toBeLessThan(60 * 20_000)
})
