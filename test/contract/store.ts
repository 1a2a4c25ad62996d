import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { RunKey, Store, StoredRun } from '../../src/engine/ports/store.ts'
import { storeHistoryContract } from './store-history.ts'
import { storeOwnershipContract } from './store-ownership.ts'
import { begin, linesOf, loaded, MARIA, turn, type StoreRig } from './store-rig.ts'

const NEW_EFFECT = { id: 'rearm', kind: 'act', input: { op: 'Invoke-VdpWindowsRearm' } }

/** What every database behind the port has to do. */
export function storeContract(name: string, open: () => Promise<StoreRig>): void {
  describe(`the store on ${name}`, () => {
    let rig: StoreRig
    let store: Store
    beforeEach(async () => {
      rig = await open()
      store = rig.store
    })
    afterEach(() => rig.dispose())

    describe('a run', () => {
      test('comes back whole after the program has ended', async () => {
        await begin(store, '8k2', { effects: [NEW_EFFECT], timers: [{ id: 'deadline', dueAt: 9000, event: { type: 'late' } }] })
        const stored = await loaded(await rig.reopen())
        expect(stored).toEqual({
          run: '8k2',
          title: 'W11-Office',
          state: 'active',
          outcome: null,
          revision: 1,
          seq: 1,
          head: (await linesOf(rig.other))[0]?.hash,
          fence: 0,
          stamp: 'chart 1',
          snapshot: { value: 'preflight' },
          plan: { scenario: 'new-base-image' },
          effects: [{ ...NEW_EFFECT, state: 'pending', fence: null }],
          timers: [{ id: 'deadline', dueAt: 9000, event: { type: 'late' } }],
          startedAt: 1000,
          changedAt: 1000,
        })
      })

      test('whose id is taken is not begun over the other', async () => {
        await begin(store)
        const before = await loaded(store)
        await expect(begin(rig.other)).rejects.toMatchObject({ code: 'RUN_EXISTS', details: { run: '8k2' } })
        expect(await loaded(store)).toEqual(before)
      })

      test('with a key is found by it, and the key begins nothing twice', async () => {
        const key = { name: 'nightly', subject: 'W11', content: 'a' }
        const keyed = (run: string, change: Partial<RunKey>) =>
          store.create({ run, title: 'x', stamp: 'chart 1', plan: null, key: { ...key, ...change } }, turn({ run }))
        expect(await store.keyed('nightly')).toEqual([])
        await keyed('8k2', {})
        await keyed('8k3', { subject: 'W22' })
        const taken = { code: 'KEY_TAKEN', details: { key: 'nightly', run: '8k2' } }
        await expect(keyed('8k4', {})).rejects.toMatchObject(taken)
        await expect(keyed('8k4', { subject: 'new', content: 'b' })).rejects.toMatchObject(taken)
        expect(await store.load('8k4')).toBeUndefined()
        await keyed('8k4', { name: 'other', content: 'b' })
        expect(await (await rig.reopen()).keyed('nightly')).toEqual([
          { ...key, run: '8k2' },
          { ...key, run: '8k3', subject: 'W22' },
        ])
      })

      test('nobody has heard of loads as nothing and takes no commit', async () => {
        expect(await store.load('8k2')).toBeUndefined()
        expect(await linesOf(store)).toEqual([])
        await expect(store.commit(turn())).rejects.toMatchObject({ code: 'UNKNOWN_RUN' })
        await expect(store.start('8k2', 'rearm', 1, 2000)).rejects.toMatchObject({ code: 'UNKNOWN_RUN' })
        await expect(store.audit('8k2')).rejects.toMatchObject({ code: 'UNKNOWN_RUN' })
      })

      test('is found by the beginning of its id, only as text; the last begun comes first, whatever its clock said', async () => {
        await begin(store, '8k2', { at: 3000 })
        await begin(rig.other, '9%_', { at: 1000 })
        await begin(store, '8k3', { at: 2000 })
        const ids = (runs: readonly StoredRun[]) => runs.map(({ run }) => run)
        expect(ids(await store.find('8k'))).toEqual(['8k3', '8k2'])
        expect(ids(await store.find('%'))).toEqual([])
        expect(ids(await store.find('9%'))).toEqual(['9%_'])
        expect(ids(await store.list())).toEqual(['8k3', '9%_', '8k2'])
        expect(ids(await store.list(2))).toEqual(['8k3', '9%_'])
      })

      test('keeps what JSON can say, to the letter', async () => {
        const odd = { '': [null, -1.5, 'tab\t "quote" \\ \u0000 \u{1F4BE}'], '10': 1, '9': 2, nested: { b: [[]], a: {} } }
        await begin(store, '8k2', {
          snapshot: odd,
          effects: [{ id: 'e', kind: 'k', input: odd }],
          timers: [{ id: 't', dueAt: 1, event: odd }],
        })
        await store.commit(turn({ snapshot: odd, entries: [{ type: 'odd', at: 1, body: odd }] }))
        const stored = await loaded(await rig.reopen())
        expect([stored.snapshot, stored.effects[0]?.input, stored.timers[0]?.event]).toEqual([odd, odd, odd])
        expect((await linesOf(rig.other)).at(-1)?.body).toEqual(odd)
      })
    })

    describe('a turn', () => {
      test('writes everything or nothing', async () => {
        await begin(store)
        const before = await loaded(store)
        const broken = turn({
          snapshot: { value: 'later' },
          effects: [NEW_EFFECT],
          timers: [{ id: 'deadline', dueAt: 1, event: null }],
          finish: [{ id: 'never begun', as: 'done' }],
        })
        await expect(store.commit(broken)).rejects.toMatchObject({ code: 'INTERNAL' })
        expect(await loaded(rig.other)).toEqual(before)
        expect(await linesOf(store)).toHaveLength(1)
      })

      test('tells its revision and where the journal ends', async () => {
        await begin(store)
        const entries = ['a', 'b', 'c'].map((type) => ({ type, at: 2000, body: null }))
        expect(await store.commit(turn({ entries }))).toEqual({ revision: 2, seq: 4 })
        expect(await store.commit(turn({ after: 2, entries: [] }))).toEqual({ revision: 3, seq: 4 })
        expect(await loaded(rig.other)).toMatchObject({ revision: 3, seq: 4, changedAt: 2000 })
      })

      test('computed from an older state is refused, also when nothing was written to the journal since', async () => {
        await begin(store)
        await store.commit(turn({ entries: [] }))
        await expect(rig.other.commit(turn())).rejects.toMatchObject({ code: 'MOVED_ON', details: { run: '8k2' } })
        expect((await loaded(store)).revision).toBe(2)
      })

      test('that comes second is told which person was faster, although the run went on after the decision', async () => {
        await begin(store)
        await store.commit(
          turn({
            entries: [
              { type: 'decided', at: Date.UTC(2026, 0, 2, 3, 4, 5), body: { decision: 'approve', by: MARIA } },
              { type: 'stage.entered', at: Date.UTC(2026, 0, 2, 3, 4, 6), body: { place: 'rearm' } },
              { type: 'owner.claimed', at: Date.UTC(2026, 0, 2, 3, 4, 7), body: { by: { ...MARIA, login: 'jo' } } },
            ],
          }),
        )
        await expect(rig.other.commit(turn())).rejects.toMatchObject({
          code: 'MOVED_ON',
          details: { who: 'maria@ADM01', what: 'approve', at: '2026-01-02T03:04:05.000Z', decided: true },
        })
      })

      test('that comes second to the run itself is told the last line', async () => {
        await begin(store)
        await store.commit(turn({ entries: [{ type: 'held', at: 0, body: null }] }))
        await expect(rig.other.commit(turn())).rejects.toMatchObject({
          details: { who: 'the run itself', what: 'held', at: '1970-01-01T00:00:00.000Z', decided: false },
        })
      })

      test('sets, replaces and takes away timers', async () => {
        const timer = (id: string, dueAt: number) => ({ id, dueAt, event: { type: id } })
        await begin(store, '8k2', { timers: [timer('b', 20), timer('a', 10), timer('c', 30)] })
        await store.commit(turn({ cancelTimers: ['a', 'c', 'unknown'], timers: [timer('b', 40), timer('c', 35)] }))
        expect((await loaded(rig.other)).timers).toEqual([timer('c', 35), timer('b', 40)])
      })
    })

    describe('an effect', () => {
      test('is begun by one caller only, and before the call returns', async () => {
        await begin(store, '8k2', { effects: [NEW_EFFECT] })
        const { fence } = await claimed(store)
        expect(await store.start('8k2', 'rearm', fence, 2000)).toBe(true)
        expect((await loaded(rig.other)).effects).toEqual([{ ...NEW_EFFECT, state: 'started', fence }])
        expect(await rig.other.start('8k2', 'rearm', fence, 2000)).toBe(false)
        expect((await loaded(store)).revision).toBe(1)
      })

      test('that is not there is not begun', async () => {
        await begin(store)
        const { fence } = await claimed(store)
        expect(await store.start('8k2', 'rearm', fence, 2000)).toBe(false)
      })

      test('is done once begun, and then stays', async () => {
        await begin(store, '8k2', { effects: [NEW_EFFECT] })
        const { fence } = await claimed(store)
        await store.start('8k2', 'rearm', fence, 2000)
        const done = { finish: [{ id: 'rearm', as: 'done' as const }] }
        await store.commit(turn(done))
        await expect(store.commit(turn({ after: 2, ...done }))).rejects.toMatchObject({ code: 'INTERNAL' })
        await store.commit(turn({ after: 2, finish: [{ id: 'rearm', as: 'cancelled' }] }))
        expect((await loaded(store)).effects).toEqual([])
        expect(await store.start('8k2', 'rearm', fence, 2000)).toBe(false)
      })

      test('that may be made twice, a mere look, is done without having been marked as begun', async () => {
        await begin(store, '8k2', { effects: [NEW_EFFECT] })
        await store.commit(turn({ finish: [{ id: 'rearm', as: 'done' }] }))
        expect((await loaded(store)).effects).toEqual([])
      })

      test('is loaded until it has ended: a run that polls for hours does not carry its past about', async () => {
        await begin(store, '8k2', { effects: [NEW_EFFECT, { ...NEW_EFFECT, id: 'probe' }, { ...NEW_EFFECT, id: 'look' }] })
        await store.commit(
          turn({
            finish: [
              { id: 'rearm', as: 'done' },
              { id: 'look', as: 'cancelled' },
            ],
          }),
        )
        for (const { effects } of [await loaded(rig.other), ...(await store.list()), ...(await store.find('8k'))])
          expect(effects.map(({ id }) => id)).toEqual(['probe'])
      })

      test('can be cancelled before and while it runs, and is not begun or done after that', async () => {
        await begin(store, '8k2', { effects: [NEW_EFFECT, { ...NEW_EFFECT, id: 'probe' }] })
        const { fence } = await claimed(store)
        await store.start('8k2', 'probe', fence, 2000)
        await store.commit(turn({ finish: ['rearm', 'probe'].map((id) => ({ id, as: 'cancelled' as const })) }))
        expect((await loaded(store)).effects).toEqual([])
        expect(await store.start('8k2', 'rearm', fence, 2000)).toBe(false)
        await expect(store.commit(turn({ after: 2, finish: [{ id: 'probe', as: 'done' }] }))).rejects.toThrow()
      })

      test('is named once for ever', async () => {
        await begin(store, '8k2', { effects: [NEW_EFFECT] })
        await store.commit(turn({ finish: [{ id: 'rearm', as: 'cancelled' }] }))
        await expect(store.commit(turn({ after: 2, effects: [NEW_EFFECT] }))).rejects.toThrow()
        expect((await loaded(store)).revision).toBe(2)
      })
    })

    describe('the journal', () => {
      test('is read from any line, in order, over more lines than one page', async () => {
        await begin(store)
        const entries = Array.from({ length: 1200 }, (_, n) => ({ type: 'looked', at: n, body: { n } }))
        await store.commit(turn({ entries }))
        expect((await linesOf(rig.other)).map(({ seq }) => seq)).toEqual(Array.from({ length: 1201 }, (_, n) => n + 1))
        expect((await linesOf(rig.other, '8k2', 1199)).map(({ body }) => body)).toEqual([{ n: 1198 }, { n: 1199 }])
      })

      test('gives the lines of some types of all runs, run by run', async () => {
        await begin(store)
        await begin(store, '9m4')
        const at = 7
        await store.commit(
          turn({
            entries: [
              { type: 'learnt', at, body: { n: 1 } },
              { type: 'looked', at, body: {} },
            ],
          }),
        )
        await store.commit(turn({ run: '9m4', entries: [{ type: 'learnt', at, body: { n: 2 } }] }))
        const lines = await rig.other.across(['learnt', 'run.ended'])
        expect(lines).toMatchObject([
          { run: '8k2', seq: 2, type: 'learnt', body: { n: 1 } },
          { run: '9m4', seq: 2, type: 'learnt', body: { n: 2 } },
        ])
        expect(await rig.other.across([])).toEqual([])
        expect(await rig.other.across(['learnt'], ['9m4'])).toEqual(lines.slice(1))
        expect(await rig.other.across(['learnt'], [])).toEqual([])
        expect((await rig.other.ends()).map(({ run, seq }) => `${run} ${String(seq)}`)).toEqual([
          '8k2 1',
          '8k2 3',
          '9m4 1',
          '9m4 2',
        ])
      })

      test('passes an audit of its chain alone, and fails it, as it does the whole', async () => {
        await begin(store)
        await store.commit(turn())
        expect(await rig.other.audit('8k2', { chainAlone: true })).toEqual(await rig.other.audit('8k2'))
        await rig.alter('8k2', 2, { at: 1 })
        expect(await rig.other.audit('8k2', { chainAlone: true })).toMatchObject({ broken: 2 })
      })

      test('does not stop others from writing while somebody reads it', async () => {
        await begin(store)
        for await (const line of rig.other.journal('8k2')) await store.commit(turn({ after: line.seq, at: 5000 }))
        expect((await loaded(store)).revision).toBe(2)
      })

      test('that is as written passes its audit', async () => {
        await begin(store)
        await store.commit(turn())
        expect(await rig.other.audit('8k2')).toEqual({ lines: 2, head: (await loaded(store)).head })
      })

      test.each([
        ['another type', { type: 'approved' }],
        ['another time', { at: 1 }],
        ['another body', { body: { place: 'nowhere' } }],
        ['another hash', { hash: '0'.repeat(64) }],
      ])('names the first line that was altered: %s', async (_, change) => {
        await begin(store)
        for (const after of [1, 2, 3]) await store.commit(turn({ after }))
        await rig.alter('8k2', 3, change)
        expect(await store.audit('8k2')).toMatchObject({ broken: 3 })
      })

      test.each([1, 2, 4])('names the line that was removed: %d of 4', async (seq) => {
        await begin(store)
        for (const after of [1, 2, 3]) await store.commit(turn({ after }))
        await rig.remove('8k2', seq)
        expect(await store.audit('8k2')).toMatchObject({ broken: seq })
      })
    })

    storeOwnershipContract(() => rig)
    storeHistoryContract(open)
  })
}

async function claimed(store: Store): Promise<{ fence: number }> {
  const answer = await store.claim({ run: '8k2', keys: ['vdisk'], owner: 'p1', who: 'maria', at: 1000, until: 60_000 })
  if ('busy' in answer) throw new Error('the lease is held')
  return answer
}
