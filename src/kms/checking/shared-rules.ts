import { rooted } from '../../diagnosis/because.ts'
import type { Check, CheckedFinding, Look } from '../../diagnosis/check.ts'
import { kmsHostChecks } from '../../diagnosis/checks/kms-host.ts'
import { kmsChecks } from '../../diagnosis/checks/kms.ts'
import type { KmsHostState } from '../../wire/operations/kms-host.ts'
import { barePlan } from './bare-plan.ts'
import type { KmsView, TargetView } from './view.ts'

/** The doctor's own checks of KMS, asked of every target and KMS host that answered: the rules are the same, the words fit a check without a
 *  workflow file. */
export function sharedFindings(view: KmsView): readonly CheckedFinding[] {
  const file = view.file ?? ''
  const ofTargets = view.targets.flatMap((target) => [
    ...judged(kmsChecks, lookOf(file, target, null, null)),
    ...(target.named === null ? [] : namedPort(file, target)),
  ])
  const [target] = view.targets
  const ofHosts = Object.entries(view.kmsHosts).flatMap(([name, state]) =>
    judged(kmsHostChecks, lookOf(file, target ?? null, name, state)),
  )
  return [...ofTargets, ...ofHosts].map(worded)
}

/** The host that is set by name may be in no record: its port is judged by the same rule. */
function namedPort(file: string, target: TargetView): readonly CheckedFinding[] {
  const port = kmsChecks.filter(({ id }) => id === 'kms.port')
  const machine = target.named?.probes[0]?.host ?? ''
  return judged(port, lookOf(file, { ...target, reach: target.named }, null, null)).map((one) => ({
    ...one,
    says: `set by name: ${one.says.includes(machine) ? one.says : `${machine} ${one.says}`}`,
  }))
}

function judged(checks: readonly Check[], look: Look): readonly CheckedFinding[] {
  const judge = (id: string) => checks.find((one) => one.id === id)?.judge(look) ?? []
  return checks.flatMap(({ id, severity }) => judge(id).map((finding) => ({ ...rooted(finding, judge), check: id, severity })))
}

function lookOf(file: string, target: TargetView | null, kmsHost: string | null, kms: KmsHostState | null): Look {
  return {
    plan: barePlan(file, target?.host ?? '', kmsHost),
    target: target?.state ?? null,
    reach: target?.reach ?? null,
    kms,
    ...{ servers: {}, disk: null, files: {}, device: null, canaryDevices: {}, missing: {} },
  }
}

/** A workflow's own ways out are none here. */
function worded(finding: CheckedFinding): CheckedFinding {
  const remedy = finding.remedy
    .filter((line) => !line.startsWith('vdiskprep plan '))
    .map((line) => line.replace(/, or set kms\.machine in .* for the test/, ''))
  return { ...finding, remedy, says: finding.says.replace(', as the workflow says', '') }
}
