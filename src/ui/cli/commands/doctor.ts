import type { Composition } from '../../../compose.ts'
import type { Look } from '../../../diagnosis/check.ts'
import { examine, type Examination, type Told } from '../../../diagnosis/examine.ts'
import { Fault } from '../../../faults/fault.ts'
import { offerFor, type LeftOver } from '../../../procedure/steps/mend/offers.ts'
import { reportOf } from '../../../report/doctor/doctor-report.ts'
import { junitOf } from '../../../report/doctor/junit.ts'
import type { DoctorReport } from '../../../report/doctor/report-schema.ts'
import { sarifOf } from '../../../report/doctor/sarif.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { handsOf, type HandOptions } from '../by-hand/hands.ts'
import { askStore, knownOf, type Known } from '../checking/known.ts'
import { lastLookOf } from '../checking/last-look.ts'
import { hostsOf } from '../hosts-of-plan.ts'
import type { CallerOptions } from '../options.ts'
import { doctorScreen } from '../screens/doctor.ts'
import type { Terminal } from '../terminal.ts'
import { writeNamed } from '../writing.ts'
import { explainChecks, refuseUnknownChecks } from './doctor-explain.ts'
import { withOwnMounts } from './doctor-left.ts'
import { lookAt, plansOf } from './doctor-look.ts'

/** Options of `doctor`. */
export interface DoctorOptions extends CallerOptions, HandOptions {
  readonly lab?: string
  readonly inventory?: string
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  readonly all?: boolean
  readonly junit?: string
  readonly sarif?: string
  /** True without a name: every check. */
  readonly explain?: string | true
  /** The check whose finding is mended. */
  readonly fix?: string
}

/** `doctor FILE`: asks every host of the file at once whether anything stands in the way of a run. The checks are those of the preflight;
 *  it mounts nothing and changes nothing, but for a run that --fix begins. Exit code 5 when a check failed, 4 when one that could hold a run
 *  is not known. */
export async function doctor(
  file: string | undefined,
  options: DoctorOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ExitCode> {
  const { explain, json = false, only = [], skip = [] } = options
  if (explain !== undefined) return explainChecks(explain, json, terminal)
  refuseUnknownChecks([...only, ...skip])
  if (file === undefined) throw new Fault('NO_WORKFLOW_FILE', { command: 'doctor' })
  if (options.fix !== undefined)
    return await (await import('./doctor-fix.ts')).fix(file, options.fix, options, composition, terminal)
  const lab = options.lab === undefined ? null : await composition.startLab(options.lab)
  try {
    const { plans, inventory } = await plansOf(file, lab?.inventory ?? options.inventory, composition)
    const [at, begun] = [new Date().toISOString(), performance.now()]
    const hosts = await composition.hosts(inventory, plans.flatMap(hostsOf), handsOf(options, terminal))
    const seen = await lookAt(plans, hosts, terminal).finally(() => hosts.close())
    if (seen === null) return EXIT.interrupted
    const known = await askStore(options.store ?? null, seen, composition)
    const { left } = known
    const looks = seen.map((look) => {
      const { own, record } = knownOf(known, look.plan)
      return { ...look, own, record }
    })
    const examined = examine(looks, { only, skip })
    const found = { ...examined, findings: withOwnMounts(examined.findings, looks, left) }
    const exitCode = exitOf(found.worst)
    const milliseconds = Math.round(performance.now() - begun)
    const occasion = { program: composition.version, file, at, milliseconds, exitCode }
    const fixOf = (one: Told) => fixFor(one, looks, left)
    const report = reportOf(found, occasion, fixOf, (plan) => {
      const { rearms, proof } = knownOf(known, plan)
      return { recordedRearms: rearms, lastLook: lastLookOf(proof, file) }
    })
    tell(report, looks, known, options, terminal)
    return exitCode
  } finally {
    await lab?.close()
  }
}

function exitOf(worst: Examination['worst']): ExitCode {
  return worst === 'fail' ? EXIT.failed : worst === 'unknown' ? EXIT.held : EXIT.ok
}

/** What `--fix` would do about a finding; null when it would do nothing. */
function fixFor(one: Told, looks: readonly Look[], left: LeftOver): string | null {
  if (one.verdict === 'pass' || one.verdict === 'na') return null
  const offers = looks.filter(({ plan }) => one.vdisks.includes(plan.title)).map((look) => offerFor(one, look, left))
  const [offer] = offers.filter(({ is }) => is === 'act')
  return offer?.is === 'act' ? offer.act.what : null
}

function tell(report: DoctorReport, looks: readonly Look[], known: Known, options: DoctorOptions, terminal: Terminal): void {
  const { json = false, quiet = false, all = false, only = [], junit, sarif } = options
  if (junit !== undefined) writeNamed(junit, junitOf(report))
  if (sarif !== undefined) writeNamed(sarif, `${JSON.stringify(sarifOf(report), null, 1)}\n`)
  const { fail, warn, unknown } = report.tally
  if (json) terminal.out(JSON.stringify(report))
  else if (quiet) terminal.out(`${String(fail)} fail, ${String(warn)} warn, ${String(unknown)} unknown`)
  else for (const line of doctorScreen(report, looks, { all, only, known }, terminal)) terminal.out(line)
}
