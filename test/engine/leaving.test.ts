import { describe, expect, test } from '@jest/globals'
import { freshStage, type StageContext } from '../../src/procedure/chart/context.ts'
import { emptyMemory } from '../../src/procedure/memory.ts'
import { healthy } from '../diagnosis/healthy-look.ts'
import type { StoredRun } from '../../src/engine/ports/store.ts'
import { applied, bootOfTarget, contextAfter, intended, linesOf, maria, standing, told, viewOf, wanting } from './standing.ts'

const REARM = 'rearmWindows.rearmWindows'
const SILENT = { code: 'HOST_UNREACHABLE', details: { host: 'W11-MASTER', why: 'no answer' } } as const
const by = { by: maria, reason: 'enough', option: null }
const abort = { type: 'abort', ...by }
const skip = { type: 'skip', ...by }
const asked = { type: 'xstate.error.actor.settle', error: SILENT }
const settled = (receipt: string) => ({ type: 'xstate.done.actor.settle', output: { receipt, result: null, boot: bootOfTarget } })

/** A run held because nobody knows what became of an act. */
function inDoubt(place: string, key: string, more: Partial<StageContext> = {}, ending: 'verified' | null = null): StoredRun {
  const stage = {
    ...freshStage(place),
    inDoubt: true,
    intent: intended(place, key),
    verdict: wanting(key),
    heldFor: { code: 'OUTCOME_UNKNOWN', details: {} },
    ...more,
  } as const
  const endsFor = ending === null ? null : { because: 'two canaries drew distinct CMIDs', fault: null }
  return standing({
    place,
    inner: 'held',
    stage,
    context: { intents: 1, begun: { [key]: 1 }, memory: { ...emptyMemory, window: bootOfTarget }, ending, endsFor },
  })
}

function heldIn(turn: ReturnType<typeof told>) {
  return turn.entries.find(({ type }) => type === 'held')?.body
}

describe('an abort while it is not known what became of an act', () => {
  test('asks the host first, once, records what its receipt says, and then puts back what the run changed', () => {
    const run = inDoubt(REARM, 'rearm-windows')
    const wanted = told(run, abort)
    expect(linesOf(wanted)).toEqual(['decided'])
    expect(wanted.effects).toMatchObject([{ kind: 'settle' }])

    const answered = told(applied(run, wanted), settled('ended'))
    expect(linesOf(answered)).toEqual(['settled', 'ending', 'step.entered', 'stage.entered'])
    expect(answered.entries[0]?.body).toMatchObject({ receipt: 'ended' })
    expect(answered.entries[1]?.body).toMatchObject({ outcome: 'aborted', because: 'a person ended the run' })
    expect(answered.effects).toMatchObject([{ kind: 'look', input: { place: 'restoring.restore' } }])
  })

  test('holds again when the host does not answer; the next abort ends the run without knowing, and says so', () => {
    const run = inDoubt(REARM, 'rearm-windows')
    const asking = applied(run, told(run, abort))
    const silent = told(asking, asked)
    expect(silent.effects).toEqual([])
    expect(heldIn(silent)).toMatchObject({
      fault: { code: 'OUTCOME_UNKNOWN' },
      because: ['it was asked for before the abort; another abort goes on without knowing what became of it'],
    })
    const second = told(applied(asking, silent), abort)
    expect(linesOf(second)).toEqual(['decided', 'ending', 'step.entered', 'stage.entered'])
    expect(second.entries[1]?.body).toMatchObject({
      because: 'a person ended the run; what became of "rearm-windows" on W11-MASTER is not known',
    })
  })

  test('waits for an act that is still in flight', () => {
    const run = inDoubt(REARM, 'rearm-windows')
    const asking = applied(run, told(run, abort))
    const turn = told(asking, settled('in-flight'))
    expect(turn.entries).toEqual([])
    expect(turn.timers).not.toEqual([])
  })

  test('is taken back by a retry', () => {
    const run = inDoubt(REARM, 'rearm-windows')
    const asking = applied(run, told(run, abort))
    const held = applied(asking, told(asking, asked))
    const retried = told(held, { type: 'retry', ...by })
    expect(contextAfter(retried).abortWanted).toBe(false)
    expect(told(applied(held, retried), settled('ended')).effects).toMatchObject([{ kind: 'look', input: { place: REARM } }])
  })
})

describe('an abort while PVS goes on with a task', () => {
  const place = 'createVDisk.openPrivate'
  const { disk } = healthy()
  const task = '7a5c0000-0000-4000-8000-000000000001'
  const mode = { key: 'mode', is: 'mode', guid: disk.disk.guid, writeCacheType: 9, writeCacheSizeMiB: 4096 } as const
  const waiting = standing({
    place,
    inner: { looking: 'pausing' },
    stage: {
      phase: 'confirm',
      intent: intended(place, 'open-private', 'Set-VdpDiskMode', 'PVS01'),
      end: { is: 'answered', facts: { taskId: task } },
    },
    context: { intents: 1, begun: { 'open-private': 1 }, memory: { ...emptyMemory, undo: [mode] } },
  })
  const restoring = applied(waiting, told(waiting, abort))
  const looked = (state: number, writeCacheType: number) => ({
    type: 'xstate.done.actor.look',
    output: {
      now: {
        tasks: { [task]: { at: disk.at, found: true, state, percent: 50, error: null } },
        disk: { ...disk, locks: [], disk: { ...disk.disk, writeCacheType, active: false, deviceCount: 0 } },
        devices: {},
        target: {},
      },
      missing: {},
    },
  })

  test('puts back only what stands when the task has ended: a disk that opens later would stay open', () => {
    const early = told(restoring, looked(0, 9))
    expect(contextAfter(early).memory.undo).toEqual([mode])
    const [pause] = early.timers.filter(({ id }) => id.includes('pause'))
    const paused = applied(restoring, early)
    const again = applied(paused, told(paused, pause?.event as { type: string }))
    expect(told(again, looked(2, 0)).effects).toMatchObject([{ kind: 'act', input: { ask: { op: 'Set-VdpDiskMode' } } }])
  })

  test('does not trust a disk that was read before its task had ended', () => {
    const { output } = looked(2, 9)
    const disk = { ...output.now.disk, at: new Date(Date.parse(output.now.disk.at) - 1000).toISOString() }
    const turn = told(restoring, { ...looked(2, 9), output: { ...output, now: { ...output.now, disk } } })
    expect(contextAfter(turn).memory.undo).toEqual([mode])
  })

  test('does not wait for ever: a person may put back the rest without it', () => {
    const early = applied(restoring, told(restoring, looked(0, 9)))
    const [deadline] = early.timers.filter(({ id }) => id.includes('deadline'))
    const overdue = told(early, deadline?.event as { type: string })
    expect(heldIn(overdue)).toMatchObject({ fault: { code: 'OUTCOME_UNKNOWN' }, options: [{ name: 'without-task' }] })
    const held = applied(early, overdue)
    const allowed = applied(held, told(held, { type: 'approve', ...by, option: 'without-task' }))
    expect(contextAfter(told(allowed, looked(0, 9))).memory.undo).toEqual([])
  })
})

describe('a skip while it is not known what became of an act', () => {
  const place = 'verify.bootCanaries'

  test('asks the host first, and goes on with what it says', () => {
    const run = inDoubt(place, 'start')
    const wanted = told(run, skip)
    expect(linesOf(wanted)).toEqual(['decided'])
    const answered = told(applied(run, wanted), settled('unfinished'))
    expect(linesOf(answered).slice(0, 2)).toEqual(['settled', 'stage.done'])
    expect(answered.entries[1]?.body).toMatchObject({ skipped: true, because: ['skipped by maria: enough'] })
    expect(contextAfter(answered).unproved).toHaveLength(1)
  })

  test('holds again when the host does not answer, and goes on at the next', () => {
    const run = inDoubt(place, 'start')
    const asking = applied(run, told(run, skip))
    const silent = told(asking, asked)
    expect(heldIn(silent)).toMatchObject({ because: [expect.stringContaining('another skip')] })
    expect(linesOf(told(applied(asking, silent), skip)).slice(0, 2)).toEqual(['decided', 'stage.done'])
  })
})

test('what PVS refused to put back, and what is back all the same, does not hold the end of a run', () => {
  const { disk, device } = healthy()
  const place = 'restoring.restore'
  const off = { ...device.device, active: false }
  const running = { key: `running:${off.id}`, is: 'running', deviceId: off.id, device: off.name } as const
  const run = standing({
    place,
    inner: { looking: 'probing' },
    stage: {
      phase: 'confirm',
      intent: intended(place, `restore:${running.key}`, 'Stop-VdpDevice', 'PVS01'),
      end: { is: 'refused', fault: { code: 'PVS_ERROR', details: {} } },
    },
    context: { ending: 'aborted', memory: { ...emptyMemory, undo: [running] } },
    effects: [{ id: '1.1', kind: 'look', input: {}, state: 'pending', fence: null }],
  })
  const devices = { [off.id]: { ...device, device: off } }
  const seen = (locks: typeof disk.locks) => {
    const now = { tasks: {}, disk: { ...disk, locks }, devices, target: {} }
    return told(run, { type: 'xstate.done.actor.look', output: { now, missing: {} } })
  }
  expect(seen(disk.locks).state).toBe('active')
  const turn = seen([])
  expect(turn.state).toBe('ended')
  expect(contextAfter(turn).memory.undo).toEqual([])
})

describe('a skip of putting back', () => {
  const undo = [
    { key: 'server', is: 'server', guid: 'g', serverName: null },
    { key: 'on', is: 'running', deviceId: 'd', device: 'W11-T01' },
  ] as const
  const held = (ending: 'verified' | 'failed', left: readonly (typeof undo)[number][] = undo) => {
    const fault = ending === 'failed' ? ({ code: 'FOREIGN_WRITER', details: {} } as const) : null
    const stage = { ...freshStage('restoring.restore'), heldFor: { code: 'RESTORE_FAILED', details: {} } } as const
    const endsFor = { because: 'why it ends', fault }
    return standing({
      place: 'restoring.restore',
      inner: 'held',
      stage,
      context: { ending, endsFor, memory: { ...emptyMemory, undo: left } },
    })
  }

  test('lets no run end as verified, and the ending names what was not put back', () => {
    const turn = told(held('verified'), skip)
    expect(turn.outcome).toBe('sealed-unverified')
    expect(viewOf(turn.entries).ending).toEqual({
      outcome: 'sealed-unverified',
      because: 'why it ends; not put back, by maria: the servers that serve the vDisk, W11-T01, which this run started',
      fault: null,
    })
  })

  test('keeps every other outcome with its fault', () => {
    const turn = told(held('failed'), skip)
    expect(turn.outcome).toBe('failed')
    expect(viewOf(turn.entries).ending).toMatchObject({ outcome: 'failed', fault: { code: 'FOREIGN_WRITER' } })
    expect(viewOf(turn.entries).ending?.because).toContain('not put back, by maria')
  })

  test('of which nothing is left takes nothing away', () => {
    expect(told(held('verified', []), skip).outcome).toBe('verified')
  })
})
