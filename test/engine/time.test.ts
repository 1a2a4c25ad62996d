import { describe, expect, test } from '@jest/globals'
import { resumeRun } from '../../src/engine/begin.ts'
import { decide } from '../../src/engine/decide.ts'
import { drive } from '../../src/engine/drive.ts'
import type { Clock } from '../../src/engine/ports/clock.ts'
import type { Store } from '../../src/engine/ports/store.ts'
import { takeOver } from '../../src/engine/take-over.ts'
import { database, journalOf, loaded, names, steppedClock, worldOf } from './rim.ts'
import { scriptedHosts } from './scripted-hosts.ts'
import { jonas, maria, plan, standing, stored } from './standing.ts'

const PLACE = 'verify.watchCanaries'
const never = new AbortController().signal
const after = (name: string, state: string) => `xstate.after.${name}.${state}`
const PAUSE = after('pause', `run.${PLACE}.looking.pausing`)
const DEADLINE = after('deadline', `${PLACE.replaceAll('.', '/')}/looking`)
const timer = (id: string, dueAt: number) => ({ id, dueAt, event: { type: id } })

/** A run that pauses between two looks at canaries; its deadline is close. */
const pausing = standing({
  place: PLACE,
  inner: { looking: 'pausing' },
  timers: [timer(PAUSE, 12_000), timer(DEADLINE, 20_000)],
})
/** Every look finds that the canaries have not come up. */
const unready = () => ({ is: 'misfit', operation: 'Get-VdpTargetState', field: 'boot', problem: 'not yet' }) as const

async function timesOf(store: Store): Promise<readonly number[]> {
  return (await Array.fromAsync(store.journal('k7w2m'))).map(({ at }) => at)
}

async function driveTo(clock: Clock, run = pausing, hosts = scriptedHosts({ 'Get-VdpTargetState': unready })) {
  const store = database()
  await stored(store, run)
  const world = worldOf(store, hosts, clock)
  const stop = await drive(world, await resumeRun(world, names('one'), 'k7w2m', maria), maria, never)
  return { store, stop, hosts, held: (await journalOf(store)).findLast((event) => event.type === 'held') }
}

describe('a deadline', () => {
  test('that passed while nobody drove is judged after a fresh look', async () => {
    const { hosts, held } = await driveTo(steppedClock(9_000_000), {
      ...pausing,
      timers: [timer(PAUSE, 30_000), timer(DEADLINE, 20_000)],
    })
    expect(hosts.asked.length).toBeGreaterThan(0)
    expect(held).toMatchObject({ type: 'held' })
  })

  test('that passes in the sleep of a laptop, with a look under way, waits for one more look', async () => {
    const clock = steppedClock()
    let looks = 0
    const hosts = scriptedHosts({
      'Get-VdpTargetState': ({ host }) => {
        if (host !== plan.canaries[0]?.host) return unready()
        looks += 1
        if (looks === 1) clock.set(9_000_000)
        return unready()
      },
    })
    const { held } = await driveTo(clock, pausing, hosts)
    expect(looks).toBe(2)
    expect(held).toMatchObject({ type: 'held' })
  })

  test('comes on time: the look that it waits for begins at once, and no second one', async () => {
    const run = { ...pausing, timers: [timer(PAUSE, 90_000), timer(DEADLINE, 20_000)] }
    const { store, hosts, held } = await driveTo(steppedClock(), run)
    expect(held).toMatchObject({ type: 'held' })
    expect(hosts.asked.filter(({ host }) => host === plan.canaries[0]?.host)).toHaveLength(1)
    expect((await loaded(store)).changedAt).toBe(20_000)
  })
})

describe('a clock that was set back since the last commit', () => {
  const BACK = 3_600_000

  test('neither prolongs the waits of a run that is resumed nor its deadline', async () => {
    const run = { ...pausing, startedAt: 10_000 }
    const clock = steppedClock(10_000 - BACK)
    const { store, stop } = await driveTo(clock, run)
    expect(stop).toBe('waiting')
    expect(clock.now()).toBeGreaterThanOrEqual(20_000 - BACK)
    expect(clock.now()).toBeLessThan(30_000 - BACK)
    const times = await timesOf(store)
    expect(times).toEqual(times.toSorted((one, other) => one - other))
    expect(times.at(-1)).toBeGreaterThanOrEqual(20_000)
  })

  test('never shows in the journal: not at a take-over, a decision or a resume', async () => {
    const store = database()
    await stored(store, { ...pausing, startedAt: 10_000 })
    const world = worldOf(store, scriptedHosts({}), steppedClock(10_000 - BACK))
    await resumeRun(world, names('one'), 'k7w2m', maria)
    await takeOver(world, names('two'), 'k7w2m', jonas, null)
    await decide(world, 'k7w2m', { type: 'abort', by: jonas, reason: null, option: null })
    await resumeRun(world, names('three'), 'k7w2m', maria)
    expect(await timesOf(store)).toEqual(expect.arrayContaining([10_000]))
    expect(new Set(await timesOf(store))).toEqual(new Set([10_000]))
  })
})
