import { describe, expect, test } from '@jest/globals'
import { beginRun, resumeRun } from '../../src/engine/begin.ts'
import { decide } from '../../src/engine/decide.ts'
import { drive } from '../../src/engine/drive.ts'
import type { Store } from '../../src/engine/ports/store.ts'
import { freshStage } from '../../src/procedure/chart/context.ts'
import { facts, scriptedHosts } from './scripted-hosts.ts'
import { bootOfTarget, jonas, maria, plan, standing, stored, wanting, intended } from './standing.ts'
import { emptyMemory } from '../../src/procedure/memory.ts'
import { database, journalOf, loaded, names, steppedClock, worldOf } from './rim.ts'

const LEASES = ['target:HQ/W11-MASTER', 'vdisk:HQ/Site/Store1/W11-Office']
const SLOT = 'mount:HQ/PVS01'
const never = new AbortController().signal

const effect = (kind: string, input: unknown) => ({ id: '1.1', kind, input, state: 'pending' as const, fence: null })
const abort = { type: 'abort', by: jonas, reason: 'enough', option: null } as const

describe('a person who decides while a look is under way', () => {
  test('takes no line from the journal: what was read and who was connected stands there', async () => {
    const store = database()
    await stored(
      store,
      standing({
        place: 'verify.watchCanaries',
        inner: { looking: 'probing' },
        effects: [effect('look', { place: 'verify.watchCanaries', phase: 'look' })],
      }),
    )
    const interrupt = new AbortController()
    let first = true
    const hosts = scriptedHosts({
      'Get-VdpTargetState': async () => {
        if (first) await decide({ store, farmClock: steppedClock() }, 'k7w2m', abort)
        first = false
        return facts({ act: { fence: 0, receipts: [] } })
      },
    })
    const world = worldOf(store, hosts)
    const own = await resumeRun(world, names('one'), 'k7w2m', maria)
    await drive(world, own, maria, interrupt.signal)
    const events = await journalOf(store)
    const read = events.findIndex((event) => event.type === 'looked' && event.place === 'verify.watchCanaries')
    expect(read).toBeGreaterThan(events.findIndex(({ type }) => type === 'decided'))
    const connected = events.flatMap((event) => (event.type === 'connected' ? [event.host] : []))
    expect(connected).toEqual(expect.arrayContaining(['W11-T01', 'W11-T02']))
    expect((await loaded(store)).outcome).toBe('aborted')
    expect(hosts.sessions()).toBe(0)
  })
})

describe('receipts', () => {
  test("of another run with the same place and number are not taken for this run's", async () => {
    const store = database()
    const place = 'rearmWindows.rearmWindows'
    const stage = {
      phase: 'confirm',
      inDoubt: true,
      intent: intended(place, 'rearm-windows'),
      verdict: wanting('rearm-windows'),
    } as const
    await stored(
      store,
      standing({
        place,
        inner: { settling: 'asking' },
        stage,
        context: { begun: { 'rearm-windows': 1 }, memory: { ...emptyMemory, window: bootOfTarget } },
        effects: [effect('settle', { place, effect: stage.intent.effect, host: 'W11-MASTER', op: 'Invoke-VdpWindowsRearm' })],
      }),
    )
    const theirs = {
      effect: `zz999/${stage.intent.effect}`,
      op: '',
      fence: 1,
      pid: 1,
      started: '',
      ended: 'then',
      alive: false,
      error: null,
      result: null,
    }
    const bare = { ...theirs, effect: stage.intent.effect }
    const hosts = scriptedHosts({
      'Get-VdpTargetState': () => facts({ boot: bootOfTarget, act: { fence: 1, receipts: [bare, theirs] } }),
    })
    const world = worldOf(store, hosts)
    const own = await resumeRun(world, names('one'), 'k7w2m', maria)
    await drive(world, own, maria, never)
    expect((await journalOf(store)).find(({ type }) => type === 'settled')).toMatchObject({ receipt: 'none' })
  })

  test('carry the name of the run', async () => {
    const store = database()
    const place = 'rearmWindows.rearmWindows'
    const input = {
      place,
      effect: `${place}/rearm-windows/1`,
      ask: { host: 'W11-MASTER', op: 'Invoke-VdpWindowsRearm', args: {} },
    }
    const stage = { phase: 'confirm', intent: intended(place, 'rearm-windows'), verdict: wanting('rearm-windows') } as const
    await stored(
      store,
      standing({ place, inner: 'acting', stage, context: { begun: { 'rearm-windows': 1 } }, effects: [effect('act', input)] }),
    )
    const hosts = scriptedHosts({
      'Invoke-VdpWindowsRearm': () => facts({}),
      'Get-VdpTargetState': () => facts({ act: { fence: 1, receipts: [] } }),
    })
    const world = worldOf(store, hosts)
    await drive(world, await resumeRun(world, names('one'), 'k7w2m', maria), maria, never)
    expect(hosts.asked.filter((one) => one.effect !== null)).toMatchObject([{ effect: `k7w2m/${input.effect}` }])
  })
})

describe('the mount slot', () => {
  const waiting = standing({
    place: 'sealVDisk.takingSlot',
    inner: 'asking',
    stage: freshStage('sealVDisk.checkPrivilege'),
    effects: [effect('takeSlot', { keys: [SLOT] })],
    timers: [
      {
        id: 'xstate.after.slotDeadline.run.sealVDisk.takingSlot',
        dueAt: 50_000,
        event: { type: 'xstate.after.slotDeadline.run.sealVDisk.takingSlot' },
      },
    ],
  })

  test('of a run that is held in it is not taken by another, although nobody drives the first', async () => {
    const store = database()
    const held = standing({
      run: 'first',
      place: 'sealVDisk.switchToStandard',
      inner: 'held',
      stage: { heldFor: { code: 'NOT_PROVED', details: {} } },
      context: { leases: ['vdisk:other', SLOT] },
    })
    await stored(store, held)
    await stored(store, waiting)
    const world = worldOf(store)
    await drive(world, await resumeRun(world, names('one'), 'k7w2m', maria), maria, never)
    expect(await loaded(store)).toMatchObject({ state: 'waiting' })
    expect((await journalOf(store)).findLast(({ type }) => type === 'held')).toMatchObject({
      fault: { code: 'BUSY', details: { holder: 'first' } },
    })
  })

  test('is not claimed by an owner that was replaced while it slept', async () => {
    const store = database()
    await stored(store, waiting)
    const world = worldOf(store)
    const old = await resumeRun(world, names('old'), 'k7w2m', maria)
    const young = await resumeRun(world, names('young'), 'k7w2m', jonas)
    await store.release('k7w2m', young.owner)
    const asleep = { ...store, load: async (run: string) => ({ ...(await loaded(store, run)), fence: old.fence }) }
    await expect(drive({ ...world, store: asleep }, old, maria, never)).rejects.toMatchObject({ code: 'FENCED' })
    expect(await store.leases()).toEqual([])
  })
})

describe('a program that died between its claim and the first commit', () => {
  const orphan = { run: 'never', keys: LEASES, owner: 'dead', who: 'maria@desk', at: 0, until: Number.MAX_SAFE_INTEGER }

  test('does not keep the disk from the next run', async () => {
    const store = database()
    await store.claim(orphan)
    await expect(beginRun(worldOf(store), names('one'), plan, maria, 'test')).resolves.toMatchObject({ run: 'fresh' })
    expect((await store.leases()).map(({ run }) => run)).toEqual(['fresh', 'fresh'])
  })

  test('and that may still live is told as busy', async () => {
    const store = database()
    await store.claim(orphan)
    const ids = { ...names('one'), gone: () => false }
    await expect(beginRun(worldOf(store), ids, plan, maria, 'test')).rejects.toMatchObject({ code: 'BUSY' })
  })
})

describe('a run of another chart', () => {
  const foreign = {
    ...standing({ run: 'older', place: 'preflight.preflight', inner: 'gone', context: { leases: ['vdisk:other'] } }),
    stamp: '0-older',
  }

  test('does not keep a new run from beginning', async () => {
    const store = database()
    await stored(store, foreign)
    await expect(beginRun(worldOf(store), names('one'), plan, maria, 'test')).resolves.toMatchObject({ run: 'fresh' })
  })

  test('takes no decision from this program', async () => {
    const store = database()
    await stored(store, foreign)
    await expect(decide({ store, farmClock: steppedClock() }, 'older', abort)).rejects.toMatchObject({ code: 'CHART_UNKNOWN' })
  })

  test('keeps its disk from a new run until it has ended', async () => {
    const store = database()
    await stored(store, standing({ run: 'older', place: 'preflight.preflight', inner: 'held', context: { leases: LEASES } }))
    await expect(beginRun(worldOf(store), names('one'), plan, maria, 'test')).rejects.toMatchObject({ code: 'BUSY' })
    expect(await store.leases()).toEqual([])
  })
})

describe('a person who is faster', () => {
  const held = standing({
    place: 'verify.watchCanaries',
    inner: 'held',
    stage: { heldFor: { code: 'DEADLINE_PASSED', details: {} } },
  })
  const retry = { type: 'retry', by: jonas, reason: null, option: null } as const

  /** Lets a decision come between a load and the commit that follows it. */
  function between(store: Store, when: (type: string) => boolean): Store {
    let due = true
    return {
      ...store,
      async commit(turn) {
        if (due && turn.entries.some(({ type }) => when(type))) {
          due = false
          await decide({ store, farmClock: steppedClock() }, turn.run, retry)
        }
        return store.commit(turn)
      },
    }
  }

  test('than a resume is heard, and the run is resumed', async () => {
    const store = database()
    await stored(store, held)
    const world = worldOf(between(store, (type) => type === 'owner.claimed'))
    await expect(resumeRun(world, names('one'), 'k7w2m', maria)).resolves.toMatchObject({ owner: 'one' })
    expect((await journalOf(store)).map(({ type }) => type)).toEqual(expect.arrayContaining(['decided', 'owner.claimed']))
  })

  test('than an owner that leaves a held run lets it go on at once', async () => {
    const store = database()
    await stored(store, held)
    const world = worldOf(between(store, (type) => type === 'owner.left'))
    const own = await resumeRun(world, names('one'), 'k7w2m', maria)
    await drive(world, own, maria, never)
    const types = (await journalOf(store)).map(({ type }) => type)
    expect(types.indexOf('looked')).toBeGreaterThan(types.indexOf('decided'))
    expect(types.at(-1)).toBe('owner.left')
    expect(await store.leases()).toEqual([])
  })
})
