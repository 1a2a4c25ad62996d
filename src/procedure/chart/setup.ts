import { fromPromise, setup } from 'xstate'
import type { FaultRecord } from '../../faults/fault.ts'
import type { Plan } from '../../workflow/plan.ts'
import type { Person, RunEvent } from '../events.ts'
import { stepNeed } from '../scenarios.ts'
import { stageAt } from '../stages.ts'
import type { RunContext } from './context.ts'
import { freshStage, mountSlot } from './context.ts'
import * as deciding from './deciding.ts'
import * as guards from './guards.ts'
import { holdRun } from './holding.ts'
import * as moves from './moves.ts'
import type { ActFailure, ActInput, Looked, LookInput, SettleInput, Settled, Signal, SlotInput } from './signals.ts'

/** The engine never starts these: it reads the returned actions, does the work and delivers the result as an event. */
function doneByTheEngine<O, I>() {
  return fromPromise<O, I>(() => Promise.reject(new Error('effects are done by the engine')))
}

type Done<O> = { readonly type: string; readonly output: O }
type Failed<E> = { readonly type: string; readonly error: E }

const output = (event: unknown) => (event as Done<never>).output
const error = (event: unknown) => (event as Failed<never>).error

/** Actors, guards, delays and moves of the chart. A move is a pure function from context to what changes and what is told. */
export const base = setup({
  types: {
    context: {} as RunContext,
    events: {} as Signal,
    emitted: {} as RunEvent,
    input: {} as { readonly plan: Plan; readonly by: Person },
  },
  actors: {
    look: doneByTheEngine<Looked, LookInput>(),
    act: doneByTheEngine<unknown, ActInput>(),
    settle: doneByTheEngine<Settled, SettleInput>(),
    takeSlot: doneByTheEngine<unknown, SlotInput>(),
  },
  guards: {
    isDone: ({ context }) => guards.judgedAs(context, 'done'),
    isFail: ({ context }) => guards.judgedAs(context, 'fail') && context.ending === null,
    isRetry: ({ context }) => guards.judgedAs(context, 'retry'),
    isAct: ({ context }) => guards.judgedAs(context, 'act') && context.stage.phase !== 'mark',
    wouldRepeat: ({ context }) => guards.judgedAs(context, 'act') && guards.wouldRepeat(context),
    needsApproval: ({ context }) => guards.judgedAs(context, 'act') && guards.needsApproval(context),
    mayLookAgain: ({ context }) => context.stage.phase !== 'mark' && guards.mayLookAgain(context),
    isMark: ({ context }) => context.stage.phase === 'mark',
    abortWanted: ({ context }) => context.abortWanted && context.ending === null,
    stillInFlight: ({ event }) => (output(event) as Settled).receipt === 'in-flight',
    inDoubt: ({ event }) => (error(event) as ActFailure).inDoubt,
    unsettled: ({ context }) => context.stage.inDoubt,
    settlesBeforeAbort: ({ context }) => context.ending === null && context.stage.inDoubt && !context.abortWanted,
    settlesBeforeSkip: ({ context }) =>
      stageAt(context.stage.place).skippable && context.stage.inDoubt && context.stage.skipWanted === null,
    skipWanted: ({ context }) => context.stage.skipWanted !== null,
    leaving: ({ context }) => (context.abortWanted && context.ending === null) || context.stage.skipWanted !== null,
    stageWanted: ({ context }, { place }: { place: string }) => stageAt(place).wanted?.(context.plan) ?? true,
    approvable: ({ context, event }) => deciding.approvalProblem(context, event, false) === null,
    grantable: ({ context, event }) => deciding.approvalProblem(context, event, true) === null,
    rearmsAgain: ({ context, event }) =>
      event.type === 'approve' &&
      ((event.option === 'rearm-again' && context.stage.heldFor?.code === 'REARM_LOST') ||
        (event.option === 'check-again' && context.stage.heldFor?.code === 'REBOOTED_BEFORE_REARM')),
    skippable: ({ context }) => stageAt(context.stage.place).skippable,
    mayAbort: ({ context }) => context.ending === null,
    stepNeeded: ({ context }, { step }: { step: Parameters<typeof stepNeed>[1] }) => stepNeed(context.plan, step).needed,
    officeFirst: ({ context }) => context.memory.order?.sequence === 'officeFirst',
    endsAs: ({ context }, { outcome }: { outcome: RunContext['ending'] }) => context.ending === outcome,
    mendsAlone: ({ context }) => context.plan.mend !== undefined,
    provedUnique: ({ context }) =>
      context.unproved.length === 0 &&
      context.memory.weaker.length === 0 &&
      context.memory.windows.activation !== 'tolerated' &&
      context.memory.clones.length >= 2,
  },
  delays: {
    pause: ({ context }) => guards.pauseOf(context),
    deadline: ({ context }) => guards.deadlineOf(context),
    slotPause: ({ context }) => context.plan.policy.sealVDisk.pollMs,
    slotDeadline: ({ context }) => context.plan.policy.sealVDisk.deadlineMs * SLOT_PATIENCE,
  },
})

/** Other runs on the same server finish their own seal first: a queue is waited for longer than one seal. */
const SLOT_PATIENCE = 20

/** Turns a pure move into an action: the context is assigned, the events are emitted. By its name it counts in the chart's stamp. */
function does(name: string, move: (context: RunContext, event: unknown) => moves.Move) {
  const action = base.enqueueActions(({ context, event, enqueue }) => {
    const { change, tell } = move(context, event)
    enqueue.assign(change)
    for (const news of tell) enqueue.emit(news)
  })
  return Object.defineProperty(action, 'name', { value: name })
}

/** The chart's actions, ready to be used in its states. */
export const actions = {
  enterStage: (place: string) => does(`enterStage ${place}`, (context) => moves.enterStage(context, place)),
  judge: does('judge', (context, event) => moves.judge(context, output(event))),
  fallSilent: does('fallSilent', (context, event) => moves.fallSilent(context, error(event))),
  intend: does('intend', (context) => moves.intend(context)),
  answer: does('answer', (context, event) => moves.answer(context, output(event))),
  failAct: does('failAct', (context, event) => moves.failAct(context, error(event))),
  settle: does('settle', (context, event) => moves.settle(context, output(event))),
  confirm: does('confirm', (context) => moves.turnTo(context, 'confirm')),
  finishStage: does('finishStage', (context) => moves.finishStage(context)),
  hold: does('hold', (context) => holdRun(context, false)),
  holdOverdue: does('holdOverdue', (context) => holdRun(context, true)),
  wantApproval: does('wantApproval', (context) => {
    const { verdict, place } = context.stage
    if (verdict?.is !== 'act') return { change: {}, tell: [] }
    const demanded = context.plan.approvals[stageAt(place).step]
    const why = demanded?.reason ?? null
    const asks = why === null ? 'the workflow asks for it' : `the workflow asks for it: ${why}`
    return {
      change: {},
      tell: [
        {
          type: 'approval.wanted',
          place,
          what: verdict.act.what,
          because: [verdict.act.approval ?? asks, ...verdict.because],
          anotherPerson: demanded?.anotherPerson ?? false,
        },
      ],
    }
  }),
  approve: does('approve', (context, event) => deciding.approve(context, event as Signal)),
  grant: does('grant', (context, event) => deciding.grant(context, event as Signal)),
  retry: does('retry', (context, event) => deciding.retryStage(context, event as Signal)),
  markDone: does('markDone', (context, event) => deciding.markDone(context, event as Signal)),
  skip: does('skip', (context, event) => deciding.skipStage(context, event as Signal)),
  wantSkip: does('wantSkip', (context, event) => deciding.wantSkip(context, event as Signal)),
  skipAfterAll: does('skipAfterAll', (context) => deciding.skipAfterAll(context)),
  wantAbort: does('wantAbort', (context, event) => deciding.wantAbort(context, event as Signal)),
  forgetRearms: does('forgetRearms', (context) => moves.forgetRearms(context)),
  enterStep: (step: Parameters<typeof stepNeed>[1]) =>
    does(`enterStep ${step}`, (context) => ({
      change: {},
      tell: [{ type: 'step.entered', step, because: stepNeed(context.plan, step).because }],
    })),
  skipStep: (step: Parameters<typeof stepNeed>[1]) =>
    does(`skipStep ${step}`, (context) => ({
      change: {},
      tell: [{ type: 'step.skipped', step, because: stepNeed(context.plan, step).because }],
    })),
  leaveStep: (step: Parameters<typeof stepNeed>[1]) =>
    does(`leaveStep ${step}`, () => ({ change: {}, tell: [{ type: 'step.done', step }] })),
  enterRestoring: does('enterRestoring', () => ({
    change: {},
    tell: [{ type: 'step.entered', step: 'restoring', because: 'what the run changed for its own purpose is put back' }],
  })),
  headForVerified: does('headForVerified', (context) =>
    moves.headFor(context, 'verified', 'two canaries drew distinct CMIDs', null),
  ),
  headForUnverified: does('headForUnverified', (context) =>
    moves.headFor(context, 'sealed-unverified', unprovedBecause(context), null),
  ),
  headForMended: does('headForMended', (context) => {
    const { check, host } = context.plan.mend ?? { check: '', host: '' }
    return moves.headFor(context, 'mended', `the check ${check} passes on ${host}`, null)
  }),
  headForAborted: does('headForAborted', (context) => moves.headForAborted(context)),
  headForFailed: does('headForFailed', (context) =>
    moves.headFor(context, 'failed', 'going on cannot be right', failure(context)),
  ),
  endRun: does('endRun', (context) => ({
    change: { leases: [] },
    tell: context.ending === null ? [] : [{ type: 'run.ended', outcome: context.ending }],
  })),
  takeSlot: does('takeSlot', (context) => ({
    change: { leases: [...context.leases, mountSlot(context.plan)], stage: freshStage('') },
    tell: [],
  })),
  leaveSlot: does('leaveSlot', (context) => ({
    change: { leases: context.leases.filter((key) => key !== mountSlot(context.plan)) },
    tell: [],
  })),
  slotBusy: does('slotBusy', (context, event) => moves.fallSilent(context, error(event))),
}

function failure(context: RunContext): FaultRecord | null {
  return context.stage.verdict?.is === 'fail' ? context.stage.verdict.fault : null
}

function unprovedBecause({ unproved, memory }: RunContext): string {
  const reasons = [...unproved, ...memory.weaker]
  if (memory.windows.activation === 'tolerated') reasons.push('the test activation was tolerated, not licensed')
  if (memory.clones.length < 2 && reasons.length === 0) reasons.push('no two canaries were compared')
  return reasons.join('; ')
}
