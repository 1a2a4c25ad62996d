import type { Finding } from './check.ts'

/** What a check finds, by its id. */
type Judge = (check: string) => readonly Finding[]

/** How far reasons are followed: more of them in a row than there are kinds of facts would be a circle. */
const FURTHEST = 8

/** Puts the first reason in the place of the nearest one: a finding that another check hides is *unknown because of* the check that is not in
 *  order and hidden by none. Where that one does not apply, neither does this; where it is in order, the finding stays as it is. */
export function rooted(finding: Finding, judge: Judge): Finding {
  if (finding.because === null) return finding
  const root = rootOf(finding, judge, FURTHEST)
  if (root === 'na') return { ...finding, verdict: 'na', because: null, effect: null, remedy: [] }
  if (root === null) return { ...finding, because: null }
  const says = `unknown because of ${root}: ${finding.says}`
  return { ...finding, verdict: 'unknown', because: root, says, remedy: [`vdiskprep doctor --explain ${root}`] }
}

/** The check in which a finding has its root; `na` when the question does not arise, null when no other check is in the way. */
function rootOf({ verdict, because, host }: Finding, judge: Judge, left: number): string | null {
  if (because === null || left === 0) return null
  const [check = because, on = host] = because.split(' ')
  const all = judge(check)
  const here = all.filter((one) => one.host === on)
  const found = here.length > 0 ? here : all
  const worst = (['fail', 'warn', 'unknown', 'na'] as const).flatMap((is) => found.find((one) => one.verdict === is) ?? [])[0]
  if (verdict === 'na') return worst?.verdict === 'fail' ? check : 'na'
  if (worst === undefined) return null
  if (worst.because !== null) return rootOf(worst, judge, left - 1) ?? check
  return worst.verdict === 'na' ? 'na' : check
}

/** Whether a finding decides by itself: one that another check hides is decided by that one, if it was asked and nobody waived it. */
export function decides({ because }: Pick<Finding, 'because'>, openChecks: ReadonlySet<string>): boolean {
  return because === null || !openChecks.has(because)
}
