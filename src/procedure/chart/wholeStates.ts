import { stagesOf } from '../stages.ts'
import { actions, base } from './setup.ts'
import { slotState } from './slotState.ts'
import { stagesInOrder, wayInto } from './stepState.ts'

const BEFORE_SLOT = ['before', 'tidyTarget', 'shutDownTarget', 'awaitOff']
const IN_SLOT = ['checkPrivilege', 'checkDriver', 'setLicenseMode', 'switchToStandard', 'publishVersion']
const AFTER_SLOT = ['confirmSeal', 'after', 'confirmCopies']

/** Step 8: from the shutdown to the confirmed seal. From the checks to the end of the mode change the run holds the server's mount slot. */
export function sealState() {
  return base.createStateConfig({
    id: 'sealVDisk',
    initial: 'choosing',
    states: {
      choosing: {
        always: [
          {
            guard: { type: 'stepNeeded', params: { step: 'sealVDisk' } },
            target: wayInto('sealVDisk', 'before'),
            actions: actions.enterStep('sealVDisk'),
          },
          { target: 'left', actions: actions.skipStep('sealVDisk') },
        ],
      },
      ...stagesInOrder('sealVDisk', BEFORE_SLOT, '#sealVDisk.takingSlot'),
      takingSlot: slotState('#sealVDisk.checkPrivilege'),
      ...stagesInOrder('sealVDisk', IN_SLOT, '#sealVDisk.leavingSlot'),
      leavingSlot: { entry: actions.leaveSlot, always: 'confirmSeal' },
      ...stagesInOrder('sealVDisk', AFTER_SLOT, '#sealVDisk.over'),
      over: { type: 'final', entry: actions.leaveStep('sealVDisk') },
      left: { type: 'final' },
    },
  })
}

/** The way to every end: what the run changed for its own purpose is put back. */
export function restoringState() {
  return base.createStateConfig({
    id: 'restoring',
    initial: 'restore',
    entry: actions.enterRestoring,
    states: {
      ...stagesInOrder(
        'restoring',
        stagesOf.restoring.map((stage) => stage.name),
        '#restoring.over',
      ),
      over: { type: 'final' },
    },
  })
}
