import { primaryProduct } from '../../../licensing/channel.ts'
import { classOfCode } from '../../../licensing/codes.ts'
import type { FactsOf } from '../../../wire/operations/catalogue.ts'
import { known } from '../../../wire/reading.ts'
import { ask } from '../../asking.ts'
import { lookAtTarget } from '../../looks.ts'
import { defineStage, type ActEnd, type Look } from '../../stage.ts'
import { act, detailOf, done, hold, skipped, unknown, type Verdict } from '../../verdict.ts'

/** Step 4. One activation shows that key and KMS host work, and KMS gives a rearm back. A failure that speaks of the KMS host alone
 *  may be tolerated by the workflow; the run is then never more than sealed-unverified. Source: article step 4; kms.md 4.2, 9. */
export const activate = defineStage({
  name: 'activate',
  step: 'activateWindows',
  title: 'activate Windows against KMS',
  repeat: 'safe',
  skippable: true,
  probe: (look) => ({
    target: lookAtTarget(look, ['windowsLicense']),
    reach: ask(look.plan.target.host, 'Test-VdpKmsReachability', { host: look.plan.kms.machine, port: look.plan.kms.port }),
  }),

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
    const spent = memory.rearm?.wanted === true && known(licence.rearmsLeft) && licence.rearmsLeft === 0
    if (primary?.status === 1 && (intent !== null || (primary.graceMinutes > 0 && !spent))) {
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
      return explained(code, now.reach, { plan, memory })
    }
    return act(
      { ask: ask(host, 'Invoke-VdpWindowsActivation', {}), what: 'activate Windows', key: 'activate' },
      spent ? 'no rearm is left: an activation by KMS gives one back' : `licence status ${String(primary?.status ?? 'unknown')}`,
    )
  },
})

function codeOf(end: ActEnd | null): string {
  if (end?.is === 'answered') return (end.facts as { code?: string | null }).code ?? 'no code'
  if (end?.is === 'refused') return detailOf(end.fault, 'hresult')
  return 'no code'
}

/** How far the clocks may be apart, in seconds. Source: kms.md 7. */
const MOST_SKEW = 4 * 3600

/** A clock that is too far off usually shows as "no KMS host could be contacted": the clocks are compared before that is believed.
 *  Source: kms.md 9 (0xC004F06C). */
function explained(
  code: string,
  reach: FactsOf<'Test-VdpKmsReachability'>,
  { plan, memory }: Pick<Look, 'plan' | 'memory'>,
): Verdict {
  const host = plan.target.host
  const options = [{ name: 'tolerate', label: 'go on without the test activation' }]
  const skews = reach.probes.flatMap(({ clockSkewSeconds: skew }) => (known(skew) ? [Math.abs(skew)] : []))
  const skew = skews.find((seconds) => seconds > MOST_SKEW)
  const what = classOfCode(code)
  if (what === 'clock' || (what === 'unreachable' && skew !== undefined))
    return hold(
      'CLOCK_SKEW',
      { host, skew: skew === undefined ? 'more than 4 hours' : `${(skew / 3600).toFixed(1)} hours`, code },
      [],
      options,
    )
  const required = memory.os?.kind === 'server' ? 5 : 25
  switch (what) {
    case 'threshold':
      return hold('KMS_BELOW_THRESHOLD', { count: `fewer than ${String(required)}`, required, code }, [], options)
    case 'unreachable':
      return hold('KMS_UNREACHABLE', { host, code }, foundOf(reach), options)
    default:
      return hold('ACTIVATION_FAILED', { host, code }, [], options)
  }
}

function foundOf({ records, probes }: FactsOf<'Test-VdpKmsReachability'>): readonly string[] {
  if (probes.length === 0)
    return [known(records) ? 'DNS names no KMS host (_vlmcs)' : `the KMS host by DNS is not known: ${records.unknown}`]
  return probes.map(
    ({ host, port, resolves, open }) =>
      `${host}:${String(port)} ${open ? 'is open' : resolves ? 'does not answer' : 'has no address'}`,
  )
}
