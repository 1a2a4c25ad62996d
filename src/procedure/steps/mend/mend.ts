import { diagnose } from '../../../diagnosis/diagnose.ts'
import type { Mend } from '../../../workflow/plan.ts'
import { lookOf } from '../../checkup.ts'
import type { Probe } from '../../asking.ts'
import type { Sight } from '../../stage.ts'
import { act, done, hold, retry, type Verdict } from '../../verdict.ts'
import { leftOverOf, MEND, offerFor } from './offers.ts'

/** What `doctor --fix` asks for: one finding is mended by one act that a person approves, and proved by the check that found it. */
export function judgeMend({ check, host }: Mend, { plan, now, missing, intent, end }: Sight<Probe>): Verdict {
  const look = lookOf(plan, { now, missing })
  const findings = diagnose(look, [check]).filter((one) => one.host === host)
  const because = findings.map(({ says }) => `${check} on ${host}: ${says}`)
  if (findings.every(({ verdict }) => verdict === 'pass')) return done(because)
  if (findings.some(({ verdict }) => verdict === 'unknown' || verdict === 'na')) return retry(`${host} to be read`, because)
  if (intent?.key === MEND && end !== null) {
    const overdue = { code: 'NOT_PROVED', details: { act: intent.what, host, why: because.join('; ') } } as const
    return retry(`${host} to show: ${intent.what}`, because, overdue)
  }
  const offer = offerFor({ check, host }, look, leftOverOf(plan, look))
  if (offer.is === 'none') return hold('MEND_REFUSED', { check, host, why: offer.why }, because)
  return act(offer.act, [...because, ...offer.because])
}
