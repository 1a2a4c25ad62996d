import { describe, expect, test } from '@jest/globals'
import type { Fence, Store } from '../../src/engine/ports/store.ts'
import { begin, linesOf, loaded, turn, type StoreRig } from './store-rig.ts'

type Claim = Parameters<Store['claim']>[0]

/** A claim at 1000 for a minute; a test names only what it is about. */
function claim(change: Partial<Claim>): Claim {
  return { run: '8k2', keys: ['vdisk/W11', 'target/M1'], owner: 'p1', who: 'maria', at: 1000, until: 61_000, ...change }
}

async function won(store: Store, change: Partial<Claim>): Promise<Fence> {
  const answer = await store.claim(claim(change))
  if ('busy' in answer) throw new Error(`${answer.busy.key} is held by ${answer.busy.owner}`)
  return answer.fence
}

/** The part of the contract about leases and fences: who may write. */
export function storeOwnershipContract(rig: () => StoreRig): void {
  const keysOf = async (owner: string) =>
    (await rig().store.leases()).filter((lease) => lease.owner === owner).map(({ key }) => key)

  describe('a claim', () => {
    test('takes its keys and tells everybody who holds them since when', async () => {
      const { store, other } = rig()
      await begin(store)
      expect(await won(store, {})).toBe(1)
      const shared = { run: '8k2', owner: 'p1', who: 'maria', fence: 1, since: 1000, until: 61_000 }
      expect(await other.leases()).toEqual([
        { key: 'target/M1', ...shared },
        { key: 'vdisk/W11', ...shared },
      ])
      expect((await loaded(other)).fence).toBe(1)
    })

    test('may come before the first commit of its run, which then keeps the fence', async () => {
      const { store } = rig()
      const fence = await won(store, {})
      await begin(store)
      expect((await loaded(store)).fence).toBe(fence)
    })

    test('that ran out and was taken before that first commit lets no run begin: nobody would drive it', async () => {
      const { store, other } = rig()
      const slow = await won(store, {})
      await won(other, { run: '8k3', owner: 'p2', keys: ['vdisk/W11'], at: 61_000, until: 99_000 })
      await expect(begin(store, '8k2', { by: slow })).rejects.toMatchObject({ code: 'FENCED' })
      expect(await store.load('8k2')).toBeUndefined()
      expect(await linesOf(store)).toEqual([])
    })

    test('that still holds lets its run begin', async () => {
      const { store } = rig()
      await begin(store, '8k2', { by: await won(store, {}) })
      expect((await loaded(store)).revision).toBe(1)
    })

    test('gets all keys or none', async () => {
      const { store, other } = rig()
      await won(store, { keys: ['m'] })
      const answer = await other.claim(claim({ run: '8k3', owner: 'p2', who: 'nightly', keys: ['z', 'm', 'a'] }))
      expect(answer).toMatchObject({ busy: { key: 'm', run: '8k2', owner: 'p1', who: 'maria', since: 1000 } })
      expect(await keysOf('p2')).toEqual([])
    })

    test('that is refused leaves the fences as they were', async () => {
      const { store, other } = rig()
      await begin(store)
      await begin(store, '8k3')
      await won(store, {})
      await other.claim(claim({ run: '8k3', owner: 'p2' }))
      expect([(await loaded(store)).fence, (await loaded(store, '8k3')).fence]).toEqual([1, 0])
    })

    test('of another run of the same process is refused like any other', async () => {
      const { store } = rig()
      await won(store, { keys: ['mount'] })
      expect(await store.claim(claim({ run: '8k3', keys: ['mount'] }))).toMatchObject({ busy: { run: '8k2' } })
    })

    test('for other keys of a run that somebody holds is refused: a run has one owner', async () => {
      const { store, other } = rig()
      await won(store, { keys: ['vdisk'] })
      expect(await other.claim(claim({ owner: 'p2', keys: ['mount'] }))).toMatchObject({ busy: { key: 'vdisk', owner: 'p1' } })
    })

    test('for more keys keeps those the owner has, and since when', async () => {
      const { store } = rig()
      await won(store, { keys: ['vdisk'] })
      expect(await won(store, { keys: ['mount', 'vdisk'], at: 5000, until: 65_000 })).toBe(2)
      expect(await store.leases()).toMatchObject([
        { key: 'mount', fence: 2, since: 5000, until: 65_000 },
        { key: 'vdisk', fence: 2, since: 1000, until: 65_000 },
      ])
      expect(await store.renew('8k2', 'p1', 70_000)).toBe(true)
    })

    test('names each key once however often it is asked for', async () => {
      await won(rig().store, { keys: ['a', 'a'] })
      expect(await keysOf('p1')).toEqual(['a'])
    })
  })

  describe('a take-over', () => {
    test('takes living leases of the run, and the owner before can write nothing more', async () => {
      const { store, other } = rig()
      await begin(store)
      const old = await won(store, {})
      const young = await won(other, { owner: 'p2', who: 'jo', instead: 'p1' })
      expect(young).toBeGreaterThan(old)
      expect([await keysOf('p1'), await keysOf('p2')]).toEqual([[], ['target/M1', 'vdisk/W11']])
      await expect(store.commit(turn({ by: old }))).rejects.toMatchObject({ code: 'FENCED' })
      expect(await store.renew('8k2', 'p1', 99_000)).toBe(false)
    })

    test('never takes a living lease of another run', async () => {
      const { store, other } = rig()
      await won(store, { keys: ['mount'] })
      expect(await other.claim(claim({ run: '8k3', owner: 'p2', keys: ['mount'], instead: 'p1' }))).toMatchObject({
        busy: { key: 'mount', run: '8k2' },
      })
      expect(await keysOf('p1')).toEqual(['mount'])
    })
  })

  describe('a lease that has run out', () => {
    test('is taken by another owner, and the first one is refused from then on', async () => {
      const { store, other } = rig()
      await begin(store, '8k2', { effects: [{ id: 'rearm', kind: 'act', input: null }] })
      const old = await won(store, {})
      const young = await won(other, { owner: 'p2', who: 'jo', at: 61_000, until: 99_000 })
      expect(young).toBeGreaterThan(old)
      for (const late of [store.commit(turn({ by: old })), store.start('8k2', 'rearm', old, 61_000), store.raise('8k2', old)])
        await expect(late).rejects.toMatchObject({ code: 'FENCED' })
      expect(await store.renew('8k2', 'p1', 99_000)).toBe(false)
      expect(await other.start('8k2', 'rearm', young, 61_000)).toBe(true)
      expect(await other.commit(turn({ by: young }))).toEqual({ revision: 2, seq: 2 })
    })

    test('and is taken by another run fences the run that lost it, even while it keeps other keys', async () => {
      const { store, other } = rig()
      await begin(store)
      const old = await won(store, { keys: ['vdisk', 'mount'] })
      await won(other, { run: '8k3', owner: 'p2', keys: ['mount'], at: 70_000, until: 99_000 })
      await expect(store.commit(turn({ by: old }))).rejects.toMatchObject({ code: 'FENCED' })
      expect(await store.renew('8k2', 'p1', 99_000)).toBe(false)
      expect(await keysOf('p1')).toEqual(['vdisk'])
    })

    test('and that nobody has taken is prolonged by its owner', async () => {
      const { store, other } = rig()
      const fence = await won(store, {})
      expect(await store.renew('8k2', 'p1', 99_000)).toBe(true)
      expect(await other.claim(claim({ owner: 'p2', at: 70_000, until: 99_000 }))).toMatchObject({
        busy: { fence, until: 99_000 },
      })
    })
  })

  describe('an owner', () => {
    test('that prolongs never shortens', async () => {
      const { store } = rig()
      await won(store, { keys: ['vdisk'] })
      await store.renew('8k2', 'p1', 2000)
      expect((await store.leases())[0]?.until).toBe(61_000)
    })

    test('that holds nothing cannot prolong', async () => {
      const { store } = rig()
      expect(await store.renew('8k2', 'p1', 2000)).toBe(false)
      await won(store, {})
      await store.release('8k2', 'p1')
      expect(await store.renew('8k2', 'p1', 99_000)).toBe(false)
    })

    test('gives back the keys it names, or all, and never those of others', async () => {
      const { store, other } = rig()
      await won(store, { keys: ['a', 'b', 'c'] })
      await won(other, { run: '8k3', owner: 'p2', keys: ['d'] })
      await other.release('8k2', 'p2')
      await store.release('8k2', 'p1', ['b', 'd'])
      expect([await keysOf('p1'), await keysOf('p2')]).toEqual([['a', 'c'], ['d']])
      await store.release('8k2', 'p1')
      expect([await keysOf('p1'), await keysOf('p2')]).toEqual([[], ['d']])
    })

    test('that has given everything back makes way at once', async () => {
      const { store, other } = rig()
      await won(store, {})
      await store.release('8k2', 'p1')
      expect(await won(other, { owner: 'p2' })).toBe(2)
    })

    test('raises its own fence, keeps its leases, and writes only under the new one', async () => {
      const { store } = rig()
      await begin(store)
      const first = await won(store, {})
      const second = await store.raise('8k2', first)
      expect(second).toBeGreaterThan(first)
      expect(await store.renew('8k2', 'p1', 99_000)).toBe(true)
      await expect(store.commit(turn({ by: first }))).rejects.toMatchObject({ code: 'FENCED' })
      await expect(store.raise('8k2', first)).rejects.toMatchObject({ code: 'FENCED' })
      expect((await store.commit(turn({ by: second }))).revision).toBe(2)
    })

    test('that was fenced learns so before it learns that the run moved on', async () => {
      const { store, other } = rig()
      await begin(store)
      const old = await won(store, {})
      await store.release('8k2', 'p1')
      const young = await won(other, { owner: 'p2' })
      await other.commit(turn({ by: young }))
      await expect(store.commit(turn({ by: old }))).rejects.toMatchObject({ code: 'FENCED' })
    })
  })

  test("a person's decision needs no fence, only that nothing has changed since they looked", async () => {
    const { store, other } = rig()
    await begin(store)
    await won(store, {})
    const both = [store, other].map((at) => at.commit(turn({ by: null })))
    const results = (await Promise.allSettled(both)).map(({ status }) => status)
    expect(results.sort()).toEqual(['fulfilled', 'rejected'])
  })
}
