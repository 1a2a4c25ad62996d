import { targetPart, type TargetPart } from '../wire/operations/target-state.ts'
import { decides, rooted } from './because.ts'
import type { Check, CheckedFinding, Finding, Look } from './check.ts'
import { isNamed } from './choice.ts'
import { canaryChecks } from './checks/canaries.ts'
import { deviceChecks } from './checks/device.ts'
import { diskChecks } from './checks/disk.ts'
import { fileChecks } from './checks/files.ts'
import { keyChecks } from './checks/keys.ts'
import { kmsHostChecks } from './checks/kms-host.ts'
import { kmsChecks } from './checks/kms.ts'
import { linkChecks } from './checks/link.ts'
import { machineChecks } from './checks/machine.ts'
import { mountingChecks } from './checks/mounting.ts'
import { occupancyChecks } from './checks/occupancy.ts'
import { officeChecks } from './checks/office.ts'
import { openImageChecks } from './checks/open-image.ts'
import { rearmChecks } from './checks/rearm.ts'
import { serverChecks } from './checks/servers.ts'
import { updateChecks } from './checks/updates.ts'
import { versionChecks } from './checks/versions.ts'
import { windowsChecks } from './checks/windows.ts'
import { findingsOf } from './for-mak.ts'

/** Every check of preflight and `doctor`, in the order in which a person would ask. */
export const checks: readonly Check[] = [
  ...linkChecks,
  ...serverChecks,
  ...mountingChecks,
  ...diskChecks,
  ...openImageChecks,
  ...occupancyChecks,
  ...versionChecks,
  ...fileChecks,
  ...deviceChecks,
  ...canaryChecks,
  ...machineChecks,
  ...windowsChecks,
  ...keyChecks,
  ...rearmChecks,
  ...updateChecks,
  ...officeChecks,
  ...kmsChecks,
  ...kmsHostChecks,
]

/** What to ask the target for: every part, since a part that was not asked for makes its checks `na`. Once Office was rearmed nothing of Office may be touched, and the host refuses it. */
export function partsToAsk(officeRearmed: boolean): readonly TargetPart[] {
  return officeRearmed ? targetPart.options.filter((part) => part !== 'office') : targetPart.options
}

/** Worst first; what is known to be wrong before what is not known. */
const RANK = ['fail', 'warn', 'unknown', 'pass', 'na'] as const satisfies readonly Finding['verdict'][]

/** Asks every check, or those of `only`, without those of `skip` (see choice.ts for what a name means). Worst first, then by host.
 *  Pure: the same look gives the same findings. */
export function diagnose(look: Look, only: readonly string[] = [], skip: readonly string[] = []): readonly CheckedFinding[] {
  const judged = new Map<string, readonly Finding[]>()
  const judge = (id: string) => {
    const check = checks.find((one) => one.id === id)
    const found = judged.get(id) ?? (check === undefined ? [] : findingsOf(check, look))
    judged.set(id, found)
    return found
  }
  return checks
    .filter((check) => (only.length === 0 || isNamed(check, only)) && !isNamed(check, skip))
    .flatMap(({ id, severity }) => judge(id).map((finding) => ({ ...rooted(finding, judge), check: id, severity })))
    .toSorted(byVerdict)
}

/** Worst verdict first, then by the name of the host. */
function byVerdict(a: CheckedFinding, b: CheckedFinding): number {
  return rankOf(a) - rankOf(b) || (a.host < b.host ? -1 : a.host > b.host ? 1 : 0)
}

/** 0 for a fail, 4 for what does not apply. */
export function rankOf({ verdict }: Pick<Finding, 'verdict'>): number {
  return RANK.indexOf(verdict)
}

/** What stands between the plan and its first change: failed, or not known, in a check that may stop a run, and not waived by id. What is
 *  unknown because of another check stands or falls with that one, until that one is waived. */
export function blocking(findings: readonly CheckedFinding[], waived: readonly string[]): readonly CheckedFinding[] {
  const open = new Set(findings.flatMap(({ check }) => (waived.includes(check) ? [] : [check])))
  return findings.filter(
    (finding) =>
      decides(finding, open) &&
      finding.severity === 'fail' &&
      (finding.verdict === 'fail' || finding.verdict === 'unknown') &&
      !waived.includes(finding.check),
  )
}

/** How many findings of each verdict. */
export function tally(findings: readonly Finding[]): Readonly<Record<Finding['verdict'], number>> {
  const count = (verdict: Finding['verdict']) => findings.filter((finding) => finding.verdict === verdict).length
  return { pass: count('pass'), warn: count('warn'), fail: count('fail'), unknown: count('unknown'), na: count('na') }
}
