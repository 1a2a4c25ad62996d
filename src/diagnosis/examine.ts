import { decides } from './because.ts'
import type { CheckedFinding, Look } from './check.ts'
import { checks, diagnose, rankOf, tally } from './diagnose.ts'

/** A finding as the doctor tells it: of which vDisks it is said, and why the workflow lets it pass (null: it does not). */
export interface Told extends CheckedFinding {
  readonly vdisks: readonly string[]
  readonly waived: string | null
}

/** What the doctor found on all hosts of one or several plans. `worst` is the gravest finding that nobody waived; `unknown` only where it
 *  would hold a run; what is unknown because of another check is as grave as that one. */
export interface Examination {
  readonly vdisks: readonly Look['plan'][]
  readonly findings: readonly Told[]
  readonly tally: ReturnType<typeof tally>
  /** How many questions were asked. */
  readonly checks: number
  readonly worst: 'pass' | 'warn' | 'unknown' | 'fail'
}

/** Which checks are asked, by name; an empty `only` means all. */
export interface Choice {
  readonly only: readonly string[]
  readonly skip: readonly string[]
}

/** Everything that is to be said of these looks, host by host: the host with the gravest finding first, its findings worst first, and among
 *  equals in the order of the checks, in which a cause stands before what follows from it. The same finding of several vDisks is told once. */
export function examine(looks: readonly Look[], choice: Choice): Examination {
  const all = looks.flatMap((look) =>
    diagnose(look, choice.only, choice.skip).map((finding) => ({
      ...finding,
      vdisks: [look.plan.title],
      waived: look.plan.waive.find(({ check }) => check === finding.check)?.reason ?? null,
    })),
  )
  const told = [...Map.groupBy(all, (one) => JSON.stringify({ ...one, vdisks: [] })).values()].flatMap(together)
  const findings = byHost(told)
  return {
    vdisks: looks.map(({ plan }) => plan),
    findings,
    tally: tally(findings),
    checks: new Set(findings.map(({ check }) => check)).size,
    worst: worstOf(findings),
  }
}

function together(same: readonly Told[]): readonly Told[] {
  const [first] = same
  return first === undefined ? [] : [{ ...first, vdisks: same.flatMap(({ vdisks }) => vdisks) }]
}

function byHost(told: readonly Told[]): readonly Told[] {
  const order = new Map(checks.map(({ id }, at) => [id, at]))
  const weight = (one: Told) => rankOf(one) * checks.length + (order.get(one.check) ?? 0)
  const sorted = told.toSorted((a, b) => weight(a) - weight(b))
  const hosts = Map.groupBy(sorted, ({ host }) => host)
  return [...hosts.values()].flat()
}

function worstOf(findings: readonly Told[]): Examination['worst'] {
  const heeded = findings.filter(({ waived }) => waived === null)
  const asked = new Set(heeded.map(({ check }) => check))
  const open = heeded.filter((one) => decides(one, asked))
  if (open.some(({ verdict }) => verdict === 'fail')) return 'fail'
  if (open.some(({ verdict, severity }) => verdict === 'unknown' && severity === 'fail')) return 'unknown'
  return open.some(({ verdict }) => verdict === 'warn' || verdict === 'unknown') ? 'warn' : 'pass'
}
