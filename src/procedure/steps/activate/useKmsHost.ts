import { known } from '../../../wire/reading.ts'
import { ask } from '../../asking.ts'
import { lookAtTarget } from '../../looks.ts'
import { defineStage } from '../../stage.ts'
import { act, done, skipped, unknown } from '../../verdict.ts'

/** Step 4, before: points the target at the KMS host of the workflow, for the test alone; what stood there is put back. */
export const useKmsHost = defineStage({
  name: 'useKmsHost',
  step: 'activateWindows',
  title: 'point at the KMS host of the workflow',
  repeat: 'after-probe',
  probe: (look) => ({ target: lookAtTarget(look, ['windowsLicense']) }),

  judge({ plan, now }) {
    const { machine, port } = plan.kms
    if (plan.windows.activation === 'skip') return skipped('the workflow skips the test activation')
    if (machine === null) return skipped('the KMS host is found by DNS')
    const kms = now.target.windowsLicense?.kms
    if (kms === undefined || !known(kms))
      return unknown('the KMS host setting', kms?.unknown ?? 'the part is missing from the answer')
    if (kms.machine === machine && (port === null || kms.port === port)) return done(`KMS host is ${machine}`)
    return act(
      {
        ask: ask(plan.target.host, 'Set-VdpKmsHost', { machine, port }),
        what: `set the KMS host to ${machine}`,
        key: 'kms-host',
        undo: [
          {
            key: 'kms-host',
            is: 'kmsHost',
            host: plan.target.host,
            machine: kms.machine,
            port: kms.machine === null ? null : kms.port,
          },
        ],
      },
      `KMS host was ${kms.machine ?? 'not set'}`,
    )
  },
})
