import { primaryProduct } from '../../../licensing/channel.ts'
import { classOfCode } from '../../../licensing/codes.ts'
import { known } from '../../../wire/reading.ts'
import type { Plan } from '../../../workflow/plan.ts'
import { ask } from '../../asking.ts'
import { lookAtTarget } from '../../looks.ts'
import { defineStage, type ActEnd } from '../../stage.ts'
import { act, detailOf, done, hold, skipped, unknown, type Verdict } from '../../verdict.ts'

/** Step 4. One activation shows that key and KMS host work, and KMS gives a rearm back. A failure that speaks of the KMS host alone
 *  may be tolerated by the workflow; the run is then never more than sealed-unverified. Source: article step 4; kms.md 4.2, 9. */
export const activate = defineStage({
  name: 'activate',
  step: 'activateWindows',
  title: 'activate Windows against KMS',
  repeat: 'safe',
  skippable: true,
  probe: (look) => ({ target: lookAtTarget(look, ['windowsLicense']) }),

  judge({ plan, memory, now, intent, end, granted }) {
    const host = plan.target.host
    if (plan.windows.activation === 'skip')
      return skipped('the workflow skips the test activation', { windows: { ...memory.windows, activation: 'skipped' } })
    const licence = now.target.windowsLicense
    if (licence === undefined) return unknown('the Windows licence', 'the part is missing from the answer')
    if (!licence.query.answers) return hold('LICENCE_STORE_BROKEN', { host, code: licence.query.code })
    if (!known(licence.products)) return unknown('the licensed products', licence.products.unknown)
    const primary = primaryProduct(licence.products)
    const kms = known(licence.kms) ? (licence.kms.machine ?? licence.kms.discovered) : null
    if (primary?.status === 1 && (intent !== null || primary.graceMinutes > 0)) {
      const way = primary.vlActivationType === 1 ? 'Active Directory' : (kms ?? 'a KMS host')
      return done(`licensed by ${way}, ${String(Math.floor(primary.graceMinutes / 1440))} days left`, {
        windows: { ...memory.windows, activatedBy: way, activation: 'licensed' },
      })
    }
    if (intent !== null) {
      const code = codeOf(end)
      if (plan.policy.activateWindows.tolerate.includes(code) || granted.includes('tolerate')) {
        return done(`not licensed (${code}), tolerated: the result is not verified`, {
          windows: { ...memory.windows, activation: 'tolerated' },
        })
      }
      return explained(code, host, plan)
    }
    return act(
      { ask: ask(host, 'Invoke-VdpWindowsActivation', {}), what: 'activate Windows', key: 'activate' },
      `licence status ${String(primary?.status ?? 'unknown')}`,
    )
  },
})

function codeOf(end: ActEnd | null): string {
  if (end?.is === 'answered') return (end.facts as { code?: string | null }).code ?? 'no code'
  if (end?.is === 'refused') return detailOf(end.fault, 'hresult')
  return 'no code'
}

function explained(code: string, host: string, plan: Plan): Verdict {
  const options = [{ name: 'tolerate', label: 'go on without the test activation' }]
  switch (classOfCode(code)) {
    case 'threshold':
      return hold(
        'KMS_BELOW_THRESHOLD',
        { count: 'fewer', required: plan.target.host === host ? 'its threshold (25 client, 5 server)' : '25', code },
        [],
        options,
      )
    case 'unreachable':
      return hold('KMS_UNREACHABLE', { host, code }, [], options)
    case 'clock':
      return hold('CLOCK_SKEW', { host, skew: 'more than 4 hours', code })
    default:
      return hold('ACTIVATION_FAILED', { host, code }, [], options)
  }
}
