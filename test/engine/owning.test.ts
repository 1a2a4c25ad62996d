import { describe, expect, test } from '@jest/globals'
import { beginRun, resumeRun } from '../../src/engine/begin.ts'
import { decide } from '../../src/engine/decide.ts'
import type { Store } from '../../src/engine/ports/store.ts'
import { takeOver } from '../../src/engine/take-over.ts'
import { Fault } from '../../src/faults/fault.ts'
import { database, journalOf, loaded, names, steppedClock, worldOf } from './rim.ts'
import { jonas, maria, plan, standing, stored } from './standing.ts'

const held = standing({
  place: 'verify.watchCanaries',
  inner: 'held',
  stage: { heldFor: { code: 'DEADLINE_PASSED', details: {} } },
})
const say = (type: 'retry' | 'abort') => ({ type, by: jonas, reason: null, option: null }) as const

describe('a process that was paused between its claim and its first commit', () => {
  test('begins no run when another has taken the disk meanwhile: nobody would drive it', async () => {
    const store = database()
    const clock = steppedClock()
    const rival = { run: 'other', owner: 'two', who: 'jonas' }
    const slow: Store = {
      ...store,
      async create(fresh, first) {
        clock.set(clock.now() + 20_000)
        const keys = (await store.leases()).map(({ key }) => key)
        await store.claim({ ...rival, keys, at: clock.now(), until: clock.now() + 15_000 })
        return store.create(fresh, first)
      },
    }
    const begun = beginRun(worldOf(slow, undefined, clock), names('one'), plan, maria, 'test')
    await expect(begun).rejects.toMatchObject({ code: 'FENCED', details: { run: 'fresh' } })
    expect(await store.load('fresh')).toBeUndefined()
    expect((await store.leases()).map(({ owner }) => owner)).toEqual(['two', 'two'])
  })

  test('gives the disk back at once when its run cannot be written', async () => {
    const store = database()
    const full = { ...store, create: () => Promise.reject(new Fault('STORE_FULL', {})) }
    await expect(beginRun(worldOf(full), names('one'), plan, maria, 'test')).rejects.toMatchObject({ code: 'STORE_FULL' })
    expect(await store.leases()).toEqual([])
  })
})

describe('a take-over', () => {
  /** Lets something happen between the claim of a take-over and its line in the journal. */
  function before(store: Store, happens: () => Promise<void>): Store {
    let due = true
    return {
      ...store,
      async commit(turn) {
        if (due && turn.entries.some(({ type }) => type === 'decided')) {
          due = false
          await happens()
        }
        return store.commit(turn)
      },
    }
  }

  async function driven() {
    const store = database()
    await stored(store, held)
    const world = worldOf(store)
    await resumeRun(world, names('one'), 'k7w2m', maria)
    return { store, world }
  }
  const takeOvers = async (store: Store) =>
    (await journalOf(store)).filter((event) => event.type === 'decided' && event.decision === 'take-over')

  test('that another decision comes before is recorded all the same', async () => {
    const { store, world } = await driven()
    const racing = before(store, () => decide(world, 'k7w2m', say('retry')))
    await takeOver({ ...world, store: racing }, names('two'), 'k7w2m', maria, 'it hangs')
    expect(await takeOvers(store)).toMatchObject([{ by: maria, reason: 'it hangs' }])
    expect(await store.leases()).toEqual([])
  })

  test('of a take-over is recorded by the second alone; the first is told', async () => {
    const { store, world } = await driven()
    const racing = before(store, () => takeOver(world, names('three'), 'k7w2m', jonas, null))
    await expect(takeOver({ ...world, store: racing }, names('two'), 'k7w2m', maria, null)).rejects.toMatchObject({
      code: 'FENCED',
    })
    expect(await takeOvers(store)).toMatchObject([{ by: jonas }])
    expect((await loaded(store)).fence).toBe(3)
  })
})
