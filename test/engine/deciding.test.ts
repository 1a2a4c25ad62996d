import { describe, expect, test } from '@jest/globals'
import { approvalProblem } from '../../src/procedure/chart/deciding.ts'
import { holdRun } from '../../src/procedure/chart/holding.ts'
import { forgetRearms } from '../../src/procedure/chart/moves.ts'
import { needsApproval } from '../../src/procedure/chart/guards.ts'
import { freshContext, freshStage, type RunContext } from '../../src/procedure/chart/context.ts'
import type { StoredRun } from '../../src/engine/ports/store.ts'
import type { Verdict } from '../../src/procedure/verdict.ts'
import { emptyMemory } from '../../src/procedure/memory.ts'
import { healthy } from '../diagnosis/healthy-look.ts'
import { applied, contextAfter, jonas, linesOf, maria, plan, standing, told, wanting } from './standing.ts'

const REARM = 'rearmWindows.rearmWindows'
const guarded = { ...plan, approvals: { rearmWindows: { anotherPerson: true, reason: null } } }
const said = (type: 'approve' | 'retry' | 'mark-done' | 'abort', by = maria, option: string | null = null) => ({
  type,
  by,
  reason: null,
  option,
})

function context(change: Partial<RunContext>): RunContext {
  return { ...freshContext({ plan, by: maria }), ...change }
}

describe('an approval', () => {
  test('of one act says nothing of another act of the stage that asks for itself', () => {
    const stage = { ...freshStage('sealVDisk.awaitOff'), verdict: wanting('unlock-B', 'breaks a lock'), granted: ['unlock-A'] }
    expect(needsApproval(context({ stage, approvedSteps: ['sealVDisk'] }))).toBe(true)
    expect(needsApproval(context({ stage: { ...stage, granted: ['unlock-B'] }, approvedSteps: ['sealVDisk'] }))).toBe(false)
  })

  test('that the workflow demands is not replaced by one that the act itself asked for', () => {
    const stage = { ...freshStage(REARM), verdict: wanting('rearm-windows', 'spends a count'), granted: ['rearm-windows'] }
    expect(needsApproval(context({ plan: guarded, stage }))).toBe(true)
  })

  test('is asked for anew once a lost rearm is given up', () => {
    expect(forgetRearms(context({ approvedSteps: ['rearmWindows'] })).change.approvedSteps).toEqual([])
  })

  test("of a second rearm is another person's where the workflow demands one", () => {
    const held = standing({
      place: REARM,
      inner: 'held',
      plan: guarded,
      stage: { verdict: wanting('rearm-windows'), heldFor: { code: 'WOULD_REPEAT', details: {} } },
      context: { begun: { 'rearm-windows': 1 }, approvedSteps: ['rearmWindows'] },
    })
    expect(linesOf(told(held, said('approve', maria, 'rearm-again')))).toEqual([])
    const elsewhere = { ...maria, login: maria.login.toUpperCase(), host: 'another-desk' }
    expect(linesOf(told(held, said('approve', elsewhere, 'rearm-again')))).toEqual([])
    expect(linesOf(told(held, said('approve', jonas, 'rearm-again')))).toContain('decided')
  })
})

test('a lock is removed once for one decision: of the next lock, or the next attempt, it says nothing', () => {
  const { disk, device } = healthy()
  const run = standing({
    place: 'sealVDisk.awaitOff',
    inner: { looking: 'probing' },
    stage: { granted: ['unlock'] },
    context: { memory: { ...emptyMemory, device: { id: device.device.id, name: 'W11-MASTER', mac: '' } } },
    effects: [{ id: '1.1', kind: 'look', input: {}, state: 'pending', fence: null }],
  })
  const now = { disk, device: { ...device, device: { ...device.device, active: false, enabled: false } } }
  const turn = told(run, { type: 'xstate.done.actor.look', output: { now, missing: {} } })
  expect(turn.effects).toMatchObject([{ kind: 'act', input: { ask: { op: 'Unlock-VdpDisk' } } }])
  expect(contextAfter(turn).stage.granted).toEqual([])
})

test('what a hold did not offer cannot be approved, also when the look that checked a word found a way on', () => {
  const options = [{ name: 'unlock', label: 'break the lock' }]
  const found: Verdict = { is: 'retry', because: [], waitingFor: 'the lock', overdue: null, options }
  const heldFor = { code: 'REARM_LOST', details: {} } as const
  const marked = context({ stage: { ...freshStage('sealVDisk.awaitOff'), phase: 'mark', heldFor, verdict: found } })
  const { change, tell } = holdRun(marked, true)
  expect(tell).toMatchObject([{ type: 'held', options: [] }])
  expect(approvalProblem({ ...marked, ...change }, said('approve', maria, 'unlock'), true)).not.toBeNull()
})

describe('the mount slot', () => {
  const waiting = standing({
    place: 'sealVDisk.takingSlot',
    inner: 'held',
    stage: { ...freshStage('sealVDisk.checkPrivilege'), heldFor: { code: 'BUSY', details: {} } },
  })

  test('is waited for with a deadline again after a retry', () => {
    const turn = told(waiting, said('retry'))
    expect(turn.effects).toMatchObject([{ kind: 'takeSlot' }])
    expect(turn.timers).toHaveLength(1)
    expect(turn.timers[0]?.id).toContain('slotDeadline')
  })

  test('stays with a run that is aborted in it until it has put everything back', () => {
    const slot = 'mount:HQ/PVS01'
    const run = standing({
      place: 'sealVDisk.checkDriver',
      inner: 'held',
      stage: { heldFor: { code: 'MOUNT_FOREIGN', details: {} } },
      context: { leases: [slot] },
    })
    expect(contextAfter(told(run, said('abort'))).leases).toContain(slot)
  })
})

describe('what is told', () => {
  const SEE = 'verify.watchCanaries'
  const silence = { type: 'xstate.error.actor.look', error: { code: 'HOST_UNREACHABLE', details: { host: 'W11-T01' } } }
  const probing = standing({
    place: REARM,
    inner: { looking: 'probing' },
    effects: [{ id: '1.1', kind: 'look', input: {}, state: 'pending', fence: null }],
    context: { memory: { ...freshContext({ plan, by: maria }).memory, rearm: { wanted: true, because: 'wanted' } } },
  })

  test('a host that answers again is told, although the verdict is the one before its silence', () => {
    const target = { ...healthy().target, windowsLicense: undefined }
    const unknown = { type: 'xstate.done.actor.look', output: { now: { target }, missing: {} } }
    const first = told(probing, unknown)
    expect(linesOf(first)).toContain('judged')
    const again = applied(applied(probing, first), told(applied(probing, first), pause(applied(probing, first))))
    const silent = told(again, silence)
    const back = applied(applied(again, silent), told(applied(again, silent), pause(applied(again, silent))))
    expect(linesOf(told(back, unknown))).toContain('judged')
  })

  test('of two hosts that fall silent one after the other both are named', () => {
    const first = applied(probing, told(probing, silence))
    const again = applied(first, told(first, pause(first)))
    const other = { ...silence, error: { code: 'HOST_UNREACHABLE', details: { host: 'W11-T02' } } }
    expect(linesOf(told(again, other))).toEqual(['silent'])
  })

  test("a person's word that cannot be checked is not called wrong", () => {
    const held = standing({ place: SEE, inner: 'held', stage: { heldFor: { code: 'DEADLINE_PASSED', details: {} } } })
    const marked = applied(held, told(held, said('mark-done')))
    const turn = told(marked, { type: 'xstate.error.actor.look', error: { code: 'HOST_UNREACHABLE', details: {} } })
    const body = turn.entries.find(({ type }) => type === 'held')?.body as { because: readonly string[] }
    expect(body.because).toEqual(['looked again: the proof could not be read (HOST_UNREACHABLE)'])
  })
})

function pause(run: StoredRun) {
  const timer = run.timers.find(({ id }) => id.includes('pause'))
  if (timer === undefined) throw new Error('the run does not pause')
  return timer.event as { type: string }
}

test('a deadline that has rung is gone, also where the state it belongs to is not left: a held run has no timer', () => {
  const waiting = standing({
    place: 'sealVDisk.takingSlot',
    inner: 'held',
    stage: { ...freshStage('sealVDisk.checkPrivilege'), heldFor: { code: 'BUSY', details: {} } },
  })
  const asking = applied(waiting, told(waiting, said('retry')))
  const [deadline] = asking.timers
  const overdue = applied(asking, told(asking, deadline?.event as { type: string }))
  expect(overdue).toMatchObject({ state: 'waiting', timers: [] })
})
