import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { chartOf, nextTurn, type ChartEvent } from '../../src/engine/turn.ts'
import type { JournalEntry, StoredRun, Turn } from '../../src/engine/ports/store.ts'
import { chart } from '../../src/procedure/chart/chart.ts'
import type { ActInput, LookInput } from '../../src/procedure/chart/signals.ts'
import { isAsk, type Ask } from '../../src/procedure/asking.ts'
import { stageAt } from '../../src/procedure/stages.ts'
import { initialTransition, transition } from 'xstate'

import { healthy } from '../diagnosis/healthy-look.ts'
import { applied, beginning, bootOfTarget, contextAfter, jonas, maria, plan, standing, viewOf } from './standing.ts'
import { freshStage } from '../../src/procedure/chart/context.ts'

const hook = { parameters: {}, timeoutMs: 60_000, success: [0], mayReboot: false } as const
const once = { ...hook, name: 'Once', on: 'target', script: 'x', effect: 'once' } as const
const often = { ...hook, name: 'Often', on: 'pvs', script: 'x', effect: 'idempotent' } as const
const here = { ...once, name: 'Here', on: 'local' } as const
const guarded = {
  ...plan,
  approvals: { createVDisk: { anotherPerson: true, reason: null } },
  hooks: { preflight: { before: [once, often], after: [here] }, createVDisk: { before: [once], after: [] } },
}
const SILENT = { code: 'HOST_UNREACHABLE', details: { host: 'PVS01', why: 'no answer' } } as const

/** One draw of chance: what the world or a person does next. */
interface Draw {
  readonly luck: number
  readonly kind: number
  readonly who: boolean
}

const draws = fc.array(fc.record({ luck: fc.nat(99), kind: fc.nat(99), who: fc.boolean() }), { minLength: 20, maxLength: 120 })

test('however a run goes, a crash between two commits loses nothing, no act is unannounced, and its journal shows where it stands', () => {
  fc.assert(
    fc.property(draws, (chances) => {
      const began = beginning(guarded)
      let run = began.run
      const journal: JournalEntry[] = [...began.entries]
      for (const chance of chances) {
        if (run.state === 'ended') break
        const event = nextEvent(run, chance)
        const turn = turnOf(run, event)
        check(run, turn)
        journal.push(...turn.entries)
        run = applied(run, turn)
        checkStanding(run, journal)
      }
    }),
    { numRuns: 150 },
  )
})

function turnOf(run: StoredRun, event: ChartEvent, at = run.changedAt + 1): Turn {
  const finished = /^xstate\.(done|error)/.test(event.type) ? (run.effects[0]?.id ?? null) : null
  return nextTurn(run, event, { at, by: 1, finished, before: [] })
}

function nextEvent(run: StoredRun, { luck, kind, who }: Draw): ChartEvent {
  const decision = { by: who ? maria : jonas, reason: null, option: optionOf(run, kind) }
  if (run.state === 'waiting' || luck < 4)
    return { type: ['approve', 'retry', 'mark-done', 'skip', 'approve', 'retry', 'abort'][kind % 7] ?? 'retry', ...decision }
  const [effect] = run.effects
  if (effect === undefined) {
    const timer = run.timers.toSorted((one, other) => one.dueAt - other.dueAt)[luck < 10 ? run.timers.length - 1 : 0]
    return timer?.event as ChartEvent
  }
  switch (effect.kind) {
    case 'look':
      return { type: 'xstate.done.actor.look', output: lookedAt(run, effect.input as LookInput, luck) }
    case 'act':
      return luck < 40
        ? { type: 'xstate.done.actor.act', output: answerOf(effect.input as ActInput, kind) }
        : { type: 'xstate.error.actor.act', error: { fault: SILENT, inDoubt: luck < 80 } }
    case 'settle': {
      const receipt = ['none', 'ended', 'failed', 'unfinished', 'in-flight'][kind % 5]
      if (luck < 20) return { type: 'xstate.error.actor.settle', error: SILENT }
      return { type: 'xstate.done.actor.settle', output: { receipt, result: null, boot: who ? bootOfTarget : null } }
    }
    default:
      return luck < 30
        ? { type: 'xstate.error.actor.takeSlot', error: { code: 'BUSY', details: {} } }
        : { type: 'xstate.done.actor.takeSlot', output: {} }
  }
}

function answerOf({ ask }: ActInput, kind: number): unknown {
  if (ask.op !== 'Invoke-VdpHook') return {}
  return { program: { exitCode: kind % 3, output: 'as ever', timedOut: kind % 7 === 0 }, bootGuid: bootOfTarget.guid }
}

/** The options of the last hold, as the stored run offers them. */
function optionOf(run: StoredRun, kind: number): string | null {
  const { verdict } = chartOf(run).context.stage
  const options = verdict !== null && 'options' in verdict ? (verdict.options ?? []) : []
  return options[kind % (options.length + 1)]?.name ?? null
}

/** A healthy farm answers, now and then not, now and then with the disk closed or the target off. */
function lookedAt(run: StoredRun, { place }: LookInput, luck: number) {
  const { memory, stage } = chartOf(run).context
  const probe = stageAt(place).probe({ plan: guarded, memory, intent: stage.intent, end: stage.end })
  const missing: Record<string, typeof SILENT> = {}
  const answer = (label: string, ask: Ask) => {
    if (luck >= 90) missing[label] = SILENT
    return factsOf(ask, luck)
  }
  const now = Object.fromEntries(
    Object.entries(probe).map(([label, entry]) => [
      label,
      isAsk(entry)
        ? answer(label, entry)
        : Object.fromEntries(Object.entries(entry).map(([name, one]) => [name, answer(label, one)])),
    ]),
  )
  return { now, missing }
}

function factsOf({ op, host }: Ask, luck: number): unknown {
  const farm = healthy()
  if (luck % 3 === 0) farm.disk.disk = { ...farm.disk.disk, writeCacheType: 9, active: false, deviceCount: 0 }
  if (luck % 3 === 0) farm.disk.locks = []
  if (luck % 5 === 0) farm.device.device = { ...farm.device.device, active: false, bootFrom: 2 }
  switch (op) {
    case 'Get-VdpTargetState':
      return farm.target
    case 'Get-VdpServerState':
      return host === 'PVS02' ? farm.servers.PVS02 : farm.servers.PVS01
    case 'Get-VdpDiskState':
      return farm.disk
    case 'Get-VdpDiskFiles':
      return farm.files[host]
    case 'Get-VdpDeviceState':
      return farm.device
    case 'Get-VdpKmsHostState':
      return farm.kms
    case 'Test-VdpKmsReachability':
      return farm.reach
    default:
      return { at: farm.disk.at, taskId: '7', state: 2, error: null }
  }
}

/** What holds of every turn. */
function check(run: StoredRun, turn: Turn): void {
  const woken = JSON.parse(JSON.stringify(run)) as StoredRun
  expect(woken).toEqual(run)
  const acts = turn.effects.filter(({ kind }) => kind === 'act')
  const announced = turn.entries.filter(({ type }) => type === 'intended').map(({ body }) => (body as { effect: string }).effect)
  expect(acts.map(({ input }) => (input as { effect: string }).effect)).toEqual(announced)
  expect(new Set(turn.finish.map(({ id }) => id)).size).toBe(turn.finish.length)
}

/** What holds of every stored run. */
function checkStanding(run: StoredRun, journal: readonly JournalEntry[]): void {
  const view = viewOf(journal)
  const context = contextAfter({ snapshot: run.snapshot } as Turn)
  expect(run.effects.length).toBeLessThanOrEqual(1)
  expect(new Set(run.effects.map(({ id }) => id)).size).toBe(run.effects.length)
  expect(view.memory).toEqual(context.memory)
  expect(view.acts.length).toBe(context.intents)
  if (run.state === 'ended') expect({ ...view, outcome: view.outcome }).toMatchObject({ state: 'ended', outcome: run.outcome })
  if (run.state === 'active') {
    expect(run.effects.length + run.timers.length).toBeGreaterThan(0)
    expect(view.state).toBe('running')
  }
  if (run.state === 'waiting') {
    expect({ open: run.effects, timers: run.timers }).toEqual({ open: [], timers: [] })
    expect(['held', 'approval']).toContain(view.state)
    const ways = (['approve', 'retry', 'skip', 'abort', 'mark-done'] as const).map((type) =>
      turnOf(run, { type, by: jonas, reason: null, option: null }),
    )
    expect(ways.filter(({ entries }) => entries.some(({ type }) => type === 'decided')).length).toBeGreaterThan(0)
  }
}

test('a run that waits for the mount slot is held by its deadline and stays held until a person decides', () => {
  fc.assert(
    fc.property(draws, (chances) => {
      let run = atSlot()
      for (const chance of chances) {
        if (run.state === 'ended' || !JSON.stringify(run.snapshot).includes('takingSlot')) break
        const turn = turnOf(run, nextEvent(run, chance))
        check(run, turn)
        run = applied(run, turn)
        if (run.state === 'waiting') expect({ open: run.effects, timers: run.timers }).toEqual({ open: [], timers: [] })
        if (run.state === 'active') expect(run.effects.length + run.timers.length).toBeGreaterThan(0)
      }
    }),
    { numRuns: 100 },
  )
})

/** A run whose person has just said that the slot is to be waited for once more. */
function atSlot(): StoredRun {
  const heldFor = { code: 'BUSY', details: {} } as const
  const stage = { ...freshStage('sealVDisk.checkPrivilege'), heldFor }
  const held = standing({ place: 'sealVDisk.takingSlot', inner: 'held', plan: guarded, stage })
  return applied(held, turnOf(held, { type: 'retry', by: maria, reason: null, option: null }))
}

test('a run that was never stored and the same run woken from its row answer every event alike', () => {
  fc.assert(
    fc.property(draws, (chances) => {
      let { run } = beginning(guarded)
      let [live] = initialTransition(chart, { plan: guarded, by: maria })
      for (const chance of chances) {
        if (run.state === 'ended') break
        const event = nextEvent(run, chance)
        const turn = turnOf(run, event)
        const [next, actions] = transition(chart, live, event as never)
        live = next
        run = applied(run, turn)
        expect(JSON.parse(JSON.stringify({ value: live.value, context: live.context }))).toEqual({
          value: (run.snapshot as { value: unknown }).value,
          context: JSON.parse(JSON.stringify({ ...contextAfter(turn), plan: guarded })) as unknown,
        })
        const spawned = actions.filter(({ type }) => type === 'xstate.spawnChild')
        expect(turn.effects).toHaveLength(spawned.length)
      }
    }),
    { numRuns: 60 },
  )
})

test('a hook that may run once is begun once, and once more for every decision that allows it and every request that never arrived', () => {
  fc.assert(
    fc.property(draws, (chances) => {
      const began = beginning(guarded)
      let run = began.run
      const journal: JournalEntry[] = [...began.entries]
      for (const chance of chances) {
        if (run.state === 'ended') break
        const turn = turnOf(run, nextEvent(run, chance))
        journal.push(...turn.entries)
        run = applied(run, turn)
      }
      for (const key of ['preflight.before.1', 'preflight.after.1', 'createVDisk.before.1']) {
        const [step = '', moment = ''] = key.split('.')
        const there = journal.map(({ type, body }) => ({
          type,
          ...(body as { place?: string; effect?: string; option?: string; receipt?: string }),
        }))
        const own = there.filter(({ effect }) => effect?.includes(`/${key}/`))
        const begun = own.filter(({ type }) => type === 'intended').length
        const never = own.filter(({ type, receipt }) => type === 'settled' && receipt === 'none').length
        const again = there.filter(({ option, place }) => option === 'hook-again' && place === `${step}.${moment}`).length
        expect(begun).toBeLessThanOrEqual(1 + never + again)
      }
    }),
    { numRuns: 100 },
  )
})
