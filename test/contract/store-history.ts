import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Store } from '../../src/engine/ports/store.ts'
import { Fault } from '../../src/faults/fault.ts'
import { StoreModel, TTL } from './store-model.ts'
import { begin, linesOf, loaded, turn, type StoreRig } from './store-rig.ts'

const run = fc.constantFrom('8k2', '8k3')
const owner = fc.constantFrom('p1', 'p2')
const effect = fc.nat({ max: 2 })
const keys = fc.subarray(['target', 'vdisk', 'mount'], { minLength: 1 })
const ends = fc.option(fc.record({ effect, as: fc.constantFrom('done' as const, 'cancelled' as const) }))

const step = fc.oneof(
  fc.record({ do: fc.constant('claim' as const), run, owner, keys, instead: fc.option(owner) }),
  fc.record({ do: fc.constant('renew' as const), run, owner }),
  fc.record({ do: fc.constant('release' as const), run, owner }),
  fc.record({ do: fc.constant('raise' as const), run, owner }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.oneof(fc.constant(TTL), fc.nat({ max: TTL * 2 })) }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('start' as const), run, owner, effect }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('commit' as const), run, owner, ends, isPerson: fc.boolean(), reads: fc.boolean() }),
  },
)

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** Two owners, two runs, three keys: each owner goes by the fence and the revision it saw last, as a paused process would, or reads before it writes. */
class TwoOwners {
  readonly model = new StoreModel()
  readonly rig: StoreRig
  readonly seen = new Map<string, { fence: number; revision: number }>()

  constructor(rig: StoreRig) {
    this.rig = rig
  }

  async begin(): Promise<void> {
    for (const id of ['8k2', '8k3']) {
      await begin(this.rig.store, id)
      this.model.begin(id)
    }
  }

  async take(next: Step): Promise<void> {
    const { model } = this
    if (next.do === 'wait') {
      model.now += next.ms
      return
    }
    const store = next.owner === 'p1' ? this.rig.store : this.rig.other
    const seen = this.view(next.run, next.owner)
    switch (next.do) {
      case 'claim': {
        const { run, owner, keys, instead } = next
        const claim = {
          run,
          owner,
          keys,
          who: owner,
          at: model.now,
          until: model.now + TTL,
          ...(instead === null ? {} : { instead }),
        }
        const answer = await store.claim(claim)
        expect('busy' in answer ? 'busy' : answer).toEqual(model.claim(run, owner, keys, instead))
        if ('fence' in answer) seen.fence = answer.fence
        return
      }
      case 'renew':
        expect(await store.renew(next.run, next.owner, model.now + TTL)).toBe(model.renew(next.run, next.owner))
        return
      case 'release':
        await store.release(next.run, next.owner)
        model.release(next.run, next.owner)
        return
      case 'raise': {
        const answer = await orCode(store.raise(next.run, seen.fence))
        expect(answer).toBe(model.raise(next.run, seen.fence))
        if (typeof answer === 'number') seen.fence = answer
        return
      }
      case 'start':
        expect(await orCode(store.start(next.run, String(next.effect), seen.fence, model.now))).toBe(
          model.start(next.run, next.effect, seen.fence),
        )
        return
      case 'commit':
        await this.commit(next, store)
    }
  }

  private async commit(next: Step & { do: 'commit' }, store: Store): Promise<void> {
    const seen = this.view(next.run, next.owner)
    if (next.reads) seen.revision = (await loaded(store, next.run)).revision
    const by = next.isPerson ? null : seen.fence
    const finish = next.ends === null ? [] : [{ id: String(next.ends.effect), as: next.ends.as }]
    const born = { id: String(this.model.of(next.run).effects.length), kind: 'act', input: null }
    const entries = [{ type: 'wrote', at: this.model.now, body: { owner: next.owner, fence: by } }]
    const written = { ...turn({ run: next.run, after: seen.revision, by, entries, finish }), effects: [born] }
    const answer = await orCode(store.commit(written))
    const expected = this.model.commit(written, next.owner, next.ends)
    expect(typeof answer === 'object' ? 'written' : answer).toBe(expected)
    if (typeof answer === 'object') seen.revision = answer.revision
  }

  /** Who holds what, as the model says. */
  async checkLeases(): Promise<void> {
    const leases = (await this.rig.store.leases()).map(({ key, run, owner, fence, until }) => [key, { run, owner, fence, until }])
    expect(leases).toEqual([...this.model.leases].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }

  /** What is stored in the end is what the model holds, and no two owners ever wrote under one fence. */
  async check(): Promise<void> {
    for (const [id, expected] of this.model.runs) {
      const stored = await loaded(this.rig.store, id)
      const lines = await linesOf(this.rig.other, id)
      expect(stored).toMatchObject({ revision: expected.revision, seq: expected.written.length, fence: expected.fence })
      const open = expected.effects.filter((state) => state === 'pending' || state === 'started')
      expect(stored.effects.map(({ state }) => state)).toEqual(open)
      expect(lines.map(({ seq }) => seq)).toEqual(expected.written.map((_, index) => index + 1))
      expect(await this.rig.other.audit(id)).toEqual({ lines: lines.length, head: stored.head })

      const fenced = lines.slice(1).map(({ body }) => body as { owner: string; fence: number | null })
      const robots = fenced.filter(({ fence }) => fence !== null && fence > 0)
      const fences = robots.map(({ fence }) => Number(fence))
      expect(fences).toEqual(fences.toSorted((a, b) => a - b))
      for (const fence of fences)
        expect(new Set(robots.filter((line) => line.fence === fence).map((line) => line.owner)).size).toBe(1)
    }
  }

  private view(run: string, owner: string): { fence: number; revision: number } {
    const name = `${run} ${owner}`
    const view = this.seen.get(name) ?? { fence: 0, revision: 1 }
    this.seen.set(name, view)
    return view
  }
}

async function orCode<T>(call: Promise<T>): Promise<T | string> {
  try {
    return await call
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.code
    throw thrown
  }
}

/** The part of the contract that no single example shows: any order of what two owners do. */
export function storeHistoryContract(open: () => Promise<StoreRig>): void {
  test('whatever two owners do in whatever order, one at a time may write, nothing is lost and no effect goes back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        const rig = await open()
        try {
          const owners = new TwoOwners(rig)
          await owners.begin()
          for (const next of steps) {
            await owners.take(next)
            await owners.checkLeases()
          }
          await owners.check()
        } finally {
          await rig.dispose()
        }
      }),
      { numRuns: 60 },
    )
  })
}
