import { stageAt } from '../stages.ts'
import type { LookInput } from './signals.ts'
import { actions, base } from './setup.ts'

/** The chart of one stage, the same for all: look, judge, approval, act, look again. Nothing is done because a command returned.
 *
 *      looking(probing -> judging -> pausing) -> approving -> looking
 *                            |-> acting -> looking (confirm) | settling -> looking (confirm)
 *                            |-> held -> looking
 *                            `-> over
 *  `over` is where the chart goes on, `restoring` where an abort leads. */
export function stageState(place: string, over: string) {
  const stage = stageAt(place)
  const here = (state: string) => `#${place.replaceAll('.', '/')}/${state}`
  const id = (state: string) => here(state).slice(1)
  return base.createStateConfig({
    initial: 'looking',
    entry: actions.enterStage(place),
    description: stage.title,
    states: {
      looking: {
        id: id('looking'),
        initial: 'probing',
        after: { deadline: { target: here('held'), actions: actions.holdOverdue } },
        on: { abort: { guard: 'mayAbort', target: '#restoring', actions: [actions.wantAbort, actions.headForAborted] } },
        states: {
          probing: {
            id: id('probing'),
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
              { guard: 'isMark', target: here('held'), actions: actions.hold },
              { guard: 'wouldRepeat', target: here('held'), actions: actions.hold },
              { guard: 'needsApproval', target: here('approving'), actions: actions.wantApproval },
              { guard: 'isAct', target: here('acting'), actions: actions.intend },
              { target: here('held'), actions: actions.hold },
            ],
          },
          pausing: { after: { pause: 'probing' } },
        },
      },
      approving: {
        id: id('approving'),
        tags: ['waitsForPerson'],
        on: {
          approve: { guard: 'approvable', target: 'looking', actions: actions.approve },
          skip: { guard: 'skippable', target: over, actions: actions.skip },
          abort: { guard: 'mayAbort', target: '#restoring', actions: [actions.wantAbort, actions.headForAborted] },
        },
      },
      acting: {
        id: id('acting'),
        tags: ['mayAct'],
        on: { abort: { guard: 'mayAbort', actions: actions.wantAbort } },
        invoke: {
          src: 'act',
          id: 'act',
          input: ({ context }) => ({
            place,
            effect: context.stage.intent?.effect ?? '',
            ask:
              context.stage.verdict?.is === 'act'
                ? context.stage.verdict.act.ask
                : { host: '', op: 'Get-VdpServerState', args: {} },
          }),
          onDone: { target: 'looking', actions: [actions.answer, actions.confirm] },
          onError: [
            { guard: 'inDoubt', target: 'settling', actions: actions.failAct },
            { target: 'looking', actions: [actions.failAct, actions.confirm] },
          ],
        },
      },
      settling: {
        id: id('settling'),
        initial: 'asking',
        after: { deadline: { target: 'held', actions: actions.holdOverdue } },
        on: { abort: { guard: 'mayAbort', actions: actions.wantAbort } },
        states: {
          asking: {
            invoke: {
              src: 'settle',
              id: 'settle',
              input: ({ context }) => ({
                place,
                effect: context.stage.intent?.effect ?? '',
                host: context.stage.intent?.host ?? '',
                op: context.stage.verdict?.is === 'act' ? context.stage.verdict.act.ask.op : '',
              }),
              onDone: [
                { guard: 'stillInFlight', target: 'waiting' },
                { target: here('looking'), actions: [actions.settle, actions.confirm] },
              ],
              onError: { target: 'waiting', actions: actions.fallSilent },
            },
          },
          waiting: { after: { pause: 'asking' } },
        },
      },
      held: {
        id: id('held'),
        tags: ['waitsForPerson'],
        on: {
          approve: [
            { guard: 'rearmsAgain', target: '#activateWindows', actions: [actions.grant, actions.forgetRearms] },
            { guard: 'grantable', target: 'looking', actions: actions.grant },
          ],
          retry: [
            { guard: 'unsettled', target: 'settling', actions: actions.retry },
            { target: 'looking', actions: actions.retry },
          ],
          'mark-done': { target: 'looking', actions: actions.markDone },
          skip: { guard: 'skippable', target: over, actions: actions.skip },
          abort: { guard: 'mayAbort', target: '#restoring', actions: [actions.wantAbort, actions.headForAborted] },
        },
      },
    },
  })
}
