import { describe, expect, test } from '@jest/globals'
import type { Settled } from '../../src/procedure/chart/signals.ts'
import { emptyMemory } from '../../src/procedure/memory.ts'
import { healthy } from '../diagnosis/healthy-look.ts'
import { applied, bootOfTarget, contextAfter, intended, maria, standing, told, wanting } from './standing.ts'

const REARM = 'rearmWindows.rearmWindows'
const PIN = 'createVDisk.openPrivate'
const ANOTHER_BOOT = { guid: 'aaaaaaaa-0000-4000-8000-000000000001', lastBootUpTime: '2026-11-02T13:00:00Z' }

function inDoubt(place: string, key: string) {
  return standing({
    place,
    inner: { settling: 'asking' },
    stage: { phase: 'confirm', inDoubt: true, intent: intended(place, key), verdict: wanting(key), acts: { [key]: 1 } },
    context: { intents: 1, begun: { [key]: 1 }, memory: { ...emptyMemory, window: bootOfTarget } },
    effects: [{ id: '1.1', kind: 'settle', input: {}, state: 'pending', fence: null }],
  })
}

const settled = (receipt: Settled['receipt'], boot: Settled['boot'] = bootOfTarget) => ({
  type: 'xstate.done.actor.settle',
  output: { receipt, result: null, boot } satisfies Settled,
})

const looked = (now: object) => ({ type: 'xstate.done.actor.look', output: { now, missing: {} } })

describe('an act in doubt', () => {
  test('without a receipt in the same boot never began: a rearm may be begun again', () => {
    const turn = told(inDoubt(REARM, 'rearm-windows'), settled('none'))
    expect(contextAfter(turn).begun).toEqual({ 'rearm-windows': 0 })
    expect(contextAfter(turn).stage.intent).toBeNull()
  })

  test.each([
    ['after a reboot', ANOTHER_BOOT],
    ['when the boot cannot be told', null],
  ])('without a receipt %s may have been done: a rearm counts as begun, because receipts last one boot', (_when, boot) => {
    const turn = told(inDoubt(REARM, 'rearm-windows'), settled('none', boot))
    expect(contextAfter(turn).begun).toEqual({ 'rearm-windows': 1 })
    expect(turn.entries.find(({ type }) => type === 'settled')?.body).toMatchObject({ receipt: 'gone' })
  })

  test('a rearm whose receipt went with a reboot is held as a lost rearm, never as "nothing has been spent"', () => {
    const run = inDoubt(REARM, 'rearm-windows')
    const after = applied(run, told(run, settled('none', ANOTHER_BOOT)))
    const target = { ...healthy().target, boot: { ...bootOfTarget, ...ANOTHER_BOOT } }
    const turn = told(after, looked({ target }))
    expect(turn.entries.find(({ type }) => type === 'held')?.body).toMatchObject({ fault: { code: 'REARM_LOST' } })
  })

  test('that restarts the target leaves no receipt: after the reboot it was done, and is not asked for again', () => {
    const place = 'createVDisk.bootHardDisk'
    const intent = { ...intended(place, 'restart-hard-disk', 'Restart-VdpComputer'), baseline: { boot: bootOfTarget } }
    const run = standing({
      place,
      inner: { settling: 'asking' },
      stage: { phase: 'confirm', inDoubt: true, intent, acts: { [intent.key]: 1 }, granted: [intent.key] },
      context: { intents: 1, begun: { [intent.key]: 1 } },
      effects: [{ id: '1.1', kind: 'settle', input: {}, state: 'pending', fence: null }],
    })
    const turn = told(run, settled('none', ANOTHER_BOOT))
    expect(turn.entries.find(({ type }) => type === 'settled')?.body).toMatchObject({ receipt: 'gone' })
    const { disk, device, target } = healthy()
    const now = {
      disk: { ...disk, locks: [] },
      device: { ...device, device: { ...device.device, active: false } },
      target: { 'W11-MASTER': { ...target, boot: { ...target.boot, ...ANOTHER_BOOT } } },
    }
    const after = applied(run, turn)
    expect(told(after, looked(now)).effects).toEqual([])
  })

  test('on a server is not tied to the boot of a target', () => {
    const turn = told(inDoubt(PIN, 'open-private'), settled('none', null))
    expect(contextAfter(turn).stage).toMatchObject({ intent: null, phase: 'look' })
  })

  test('whose receipt has no end is not begun again because the facts ask for it; a person may retry', () => {
    const run = inDoubt(PIN, 'open-private')
    const { disk } = healthy()
    const now = {
      tasks: {},
      disk: { ...disk, locks: [], assignments: [], disk: { ...disk.disk, writeCacheType: 9, active: false, deviceCount: 0 } },
    }
    const after = applied(run, told(run, settled('unfinished')))
    const turn = told(after, looked(now))
    expect(turn.effects).toEqual([])
    expect(turn.entries.find(({ type }) => type === 'held')?.body).toMatchObject({ fault: { code: 'OUTCOME_UNKNOWN' } })

    const held = applied(after, turn)
    const retried = applied(held, told(held, { type: 'retry', by: maria, reason: null, option: null }))
    expect(told(retried, looked(now)).effects).toMatchObject([{ kind: 'act' }])
  })

  test('stays in doubt when a person says it is done and the proof is not there', () => {
    const doubt = inDoubt(PIN, 'open-private')
    const overdue = standing({
      place: PIN,
      inner: 'held',
      stage: { ...contextOf(doubt), heldFor: { code: 'OUTCOME_UNKNOWN', details: {} }, phase: 'look' },
    })
    const marked = applied(overdue, told(overdue, { type: 'mark-done', by: maria, reason: 'seen', option: null }))
    const { disk } = healthy()
    const looks = told(
      marked,
      looked({
        tasks: {},
        disk: { ...disk, locks: [], assignments: [], disk: { ...disk.disk, writeCacheType: 9, active: false, deviceCount: 0 } },
      }),
    )
    expect(looks.entries.find(({ type }) => type === 'held')?.body).toMatchObject({ fault: { code: 'OUTCOME_UNKNOWN' } })
    const held = applied(marked, looks)
    expect(told(held, { type: 'retry', by: maria, reason: null, option: null }).effects).toMatchObject([{ kind: 'settle' }])
  })

  test('that goes on is no longer held for silence', () => {
    const run = inDoubt(PIN, 'open-private')
    const silent = applied(
      run,
      told(run, { type: 'xstate.error.actor.settle', error: { code: 'HOST_UNREACHABLE', details: {} } }),
    )
    const asking = applied(silent, told(silent, timerOf(silent)))
    expect(contextAfter(told(asking, settled('in-flight'))).stage.silence).toBeNull()
  })
})

function contextOf(run: ReturnType<typeof inDoubt>) {
  return (run.snapshot as { context: ReturnType<typeof contextAfter> }).context.stage
}

function timerOf(run: ReturnType<typeof inDoubt>) {
  const [timer] = run.timers.toSorted((one, other) => one.dueAt - other.dueAt)
  if (timer === undefined) throw new Error('no timer is set')
  return timer.event as { type: string }
}
