import { mountSlot } from './context.ts'
import { actions, base } from './setup.ts'

/** Waits for the one mount slot of the PVS server: no other run may mount or seal there meanwhile. A retry waits anew, with a deadline. */
export function slotState(next: string) {
  return base.createStateConfig({
    initial: 'asking',
    description: 'wait for the mount slot of the PVS server',
    entry: actions.enterStage('sealVDisk.checkPrivilege'),
    after: { slotDeadline: { target: '.held', actions: actions.holdOverdue } },
    on: { abort: { guard: 'mayAbort', target: '#restoring', actions: [actions.wantAbort, actions.headForAborted] } },
    states: {
      asking: {
        invoke: {
          src: 'takeSlot',
          id: 'takeSlot',
          input: ({ context }) => ({ keys: [mountSlot(context.plan)] }),
          onDone: { target: next, actions: actions.takeSlot },
          onError: { target: 'waiting', actions: actions.slotBusy },
        },
      },
      waiting: { after: { slotPause: 'asking' } },
      held: {
        tags: ['waitsForPerson'],
        on: { retry: { target: '#sealVDisk.takingSlot', reenter: true, actions: actions.retry } },
      },
    },
  })
}
