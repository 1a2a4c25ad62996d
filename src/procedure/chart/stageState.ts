import { stageAt } from '../stages.ts'
import { kindOfHost } from '../host-kind.ts'
import type { LookInput, SettleInput } from './signals.ts'
import { actions, base } from './setup.ts'

/** The chart of one stage, the same for all: look, judge, approval, act, look again. Nothing is done because a command returned.
 *
 *      looking(probing -> judging -> pausing) -> approving -> looking
 *                            |-> acting -> looking (confirm) | settling -> looking (confirm)
 *                            |-> held -> looking
 *                            `-> over
 *  `over` is where the chart goes on, `restoring` where an abort leads. */
export function stageState(place: string, over: string) {
  const to = addressIn(place)
  return base.createStateConfig({
    initial: 'looking',
    entry: actions.enterStage(place),
    description: stageAt(place).title,
    states: {
      looking: looking(place, over, to),
      approving: approving(over, to),
      acting: acting(place, to),
      settling: settling(place, over, to),
      held: held(over, to),
    },
  })
}

/** Ids of the states of one stage; dots would be read as paths. */
function addressIn(place: string) {
  const path = place.replaceAll('.', '/')
  return (state: 'looking' | 'approving' | 'acting' | 'settling' | 'held') => `#${path}/${state}`
}

type Address = ReturnType<typeof addressIn>
const idOf = (address: string) => address.slice(1)

/** A person ends the run; what it changed is put back first. What became of an act in doubt is asked once before that; when the host does
 *  not answer, the run holds again, and the next abort ends it without knowing. */
function onAbort(to: Address) {
  return [
    { guard: 'settlesBeforeAbort', target: to('settling'), actions: actions.wantAbort },
    { guard: 'mayAbort', target: '#restoring', actions: [actions.wantAbort, actions.headForAborted] },
  ] as const
}
/** While an act is under way the wish to abort is only noted. */
const onAbortLater = { guard: 'mayAbort', actions: actions.wantAbort } as const

function looking(place: string, over: string, to: Address) {
  return base.createStateConfig({
    id: idOf(to('looking')),
    initial: 'probing',
    after: { deadline: { target: to('held'), actions: actions.holdOverdue } },
    on: { abort: onAbort(to) },
    states: {
      probing: {
        invoke: {
          src: 'look',
          id: 'look',
          input: ({ context }): LookInput => ({ place, phase: context.stage.phase }),
          onDone: { target: 'judging', actions: actions.judge },
          onError: { target: 'judging', actions: actions.fallSilent },
        },
      },
      judging: {
        always: [
          { guard: 'abortWanted', target: '#restoring', actions: actions.headForAborted },
          { guard: 'isDone', target: over, actions: actions.finishStage },
          { guard: 'isFail', target: '#restoring', actions: actions.headForFailed },
          { guard: 'isRetry', target: 'pausing' },
          { guard: 'mayLookAgain', target: 'pausing' },
          { guard: 'isMark', target: to('held'), actions: actions.hold },
          { guard: 'wouldRepeat', target: to('held'), actions: actions.hold },
          { guard: 'needsApproval', target: to('approving'), actions: actions.wantApproval },
          { guard: 'isAct', target: to('acting'), actions: actions.intend },
          { target: to('held'), actions: actions.hold },
        ],
      },
      pausing: { after: { pause: 'probing' } },
    },
  })
}

function approving(over: string, to: Address) {
  return base.createStateConfig({
    id: idOf(to('approving')),
    tags: ['waitsForPerson', 'waitsForApproval'],
    on: {
      approve: { guard: 'approvable', target: to('looking'), actions: actions.approve },
      skip: { guard: 'skippable', target: over, actions: actions.skip },
      abort: onAbort(to),
    },
  })
}

function acting(place: string, to: Address) {
  return base.createStateConfig({
    id: idOf(to('acting')),
    on: { abort: onAbortLater },
    invoke: {
      src: 'act',
      id: 'act',
      input: ({ context }) => {
        const { intent, verdict } = context.stage
        if (intent === null || verdict?.is !== 'act') throw new Error(`${place}: an act without its intent`)
        return { place, effect: intent.effect, ask: verdict.act.ask }
      },
      onDone: { target: to('looking'), actions: [actions.answer, actions.confirm] },
      onError: [
        { guard: 'inDoubt', target: to('settling'), actions: actions.failAct },
        { target: to('looking'), actions: [actions.failAct, actions.confirm] },
      ],
    },
  })
}

function settling(place: string, over: string, to: Address) {
  return base.createStateConfig({
    id: idOf(to('settling')),
    initial: 'asking',
    after: { deadline: { target: to('held'), actions: actions.holdOverdue } },
    on: { abort: onAbortLater },
    states: {
      asking: {
        invoke: {
          src: 'settle',
          id: 'settle',
          input: ({ context }): SettleInput => {
            const { intent } = context.stage
            if (intent === null) throw new Error(`${place}: nothing to settle`)
            const on = kindOfHost(context.plan, intent.host)
            return { place, effect: intent.effect, host: intent.host, op: intent.op, on }
          },
          onDone: [
            { guard: 'stillInFlight', target: 'waiting', actions: actions.settle },
            { guard: 'abortWanted', target: '#restoring', actions: [actions.settle, actions.headForAborted] },
            { guard: 'skipWanted', target: over, actions: [actions.settle, actions.skipAfterAll] },
            { target: to('looking'), actions: actions.settle },
          ],
          onError: [
            { guard: 'leaving', target: to('held'), actions: [actions.fallSilent, actions.hold] },
            { target: 'waiting', actions: actions.fallSilent },
          ],
        },
      },
      waiting: { after: { pause: 'asking' } },
    },
  })
}

function held(over: string, to: Address) {
  return base.createStateConfig({
    id: idOf(to('held')),
    tags: ['waitsForPerson'],
    on: {
      approve: [
        { guard: 'rearmsAgain', target: '#activateWindows', actions: [actions.grant, actions.forgetRearms] },
        { guard: 'grantable', target: to('looking'), actions: actions.grant },
      ],
      retry: [
        { guard: 'unsettled', target: to('settling'), actions: actions.retry },
        { target: to('looking'), actions: actions.retry },
      ],
      'mark-done': { target: to('looking'), actions: actions.markDone },
      skip: [
        { guard: 'settlesBeforeSkip', target: to('settling'), actions: actions.wantSkip },
        { guard: 'skippable', target: over, actions: actions.skip },
      ],
      abort: onAbort(to),
    },
  })
}
