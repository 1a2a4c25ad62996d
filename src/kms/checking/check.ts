import { rankOf, tally } from '../../diagnosis/diagnose.ts'
import type { KmsCheck } from './check-shape.ts'
import { ownFindings } from './own-rules.ts'
import { sharedFindings } from './shared-rules.ts'
import type { KmsView } from './view.ts'

/** Judges what was seen: the doctor's checks of KMS and those of this command, worst first. `now` in milliseconds since 1970. */
export function checkOf(view: KmsView, now: number): KmsCheck {
  const findings = [...ownFindings(view, now), ...sharedFindings(view)].toSorted((one, other) => rankOf(one) - rankOf(other))
  const worst = findings.some(({ verdict }) => verdict === 'fail')
    ? 5
    : findings.some(({ verdict, severity }) => verdict === 'unknown' && severity === 'fail')
      ? 4
      : 0
  const { here, targets } = view
  return {
    format: 'vdiskprep-kms-check/1',
    at: new Date(now).toISOString(),
    exitCode: worst,
    domains: (here?.domains ?? []).map(({ domain, records }) => ({
      domain,
      records: 'unknown' in records ? records : [...records],
    })),
    hosts: (here?.hosts ?? []).map((one) => ({ ...one, addresses: [...one.addresses] })),
    targets: targets.map(({ host, reach }) => ({ host, records: reach?.records ?? { unknown: 'not asked' } })),
    tally: tally(findings),
    findings: findings.map(({ check, host, severity, verdict, says, effect, remedy }) => ({
      ...{ check, host, severity, verdict, says, effect, remedy: [...remedy] },
    })),
  }
}
