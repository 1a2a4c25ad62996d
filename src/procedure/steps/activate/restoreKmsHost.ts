import { known } from '../../../wire/reading.ts'
import { ask } from '../../asking.ts'
import { lookAtTarget } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { withoutUndo } from '../../undo.ts'
import { act, done, skipped, unknown } from '../../verdict.ts'

/** Step 4, after: the KMS override of the test goes back to what it was, or it would be sealed into every clone. Source: kms.md 12. */
export const restoreKmsHost = defineStage({
  name: 'restoreKmsHost',
  step: 'activateWindows',
  title: 'put the KMS host setting back',
  repeat: 'after-probe',
  probe: (look) => ({ target: lookAtTarget(look, ['windowsLicense']) }),

  judge({ plan, memory, now }) {
    const undo = memory.undo.find((one) => one.is === 'kmsHost')
    if (undo?.is !== 'kmsHost') return skipped('nothing was set')
    const kms = now.target.windowsLicense?.kms
    if (kms === undefined || !known(kms))
      return unknown('the KMS host setting', kms?.unknown ?? 'the part is missing from the answer')
    if (kms.machine === undo.machine && (undo.port === null || kms.port === undo.port)) {
      return done(`KMS host is ${undo.machine ?? 'not set'} again`, { undo: withoutUndo(memory.undo, undo.key) })
    }
    return act(
      {
        ask: ask(plan.target.host, 'Set-VdpKmsHost', { machine: undo.machine, port: undo.port }),
        what: 'put the KMS host setting back',
        key: 'kms-host-back',
      },
      `KMS host is ${kms.machine ?? 'not set'}, was ${undo.machine ?? 'not set'}`,
    )
  },
})
