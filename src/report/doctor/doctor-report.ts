import { checks } from '../../diagnosis/diagnose.ts'
import type { Examination, Told } from '../../diagnosis/examine.ts'
import type { Plan } from '../../workflow/plan.ts'
import type { DoctorReport, LastLook, RecordedRearms } from './report-schema.ts'

/** What an examination is told with in every form: when it was made, of which file, and how the command ends. */
export interface Occasion {
  readonly program: string
  readonly file: string
  readonly at: string
  readonly milliseconds: number
  readonly exitCode: number
}

/** What runs of a store tell of a vDisk beside the findings. */
export interface OfRecord {
  readonly recordedRearms: RecordedRearms
  readonly lastLook: LastLook
}

const NONE: OfRecord = { recordedRearms: { windows: null, office: null }, lastLook: null }

/** An examination as `doctor --json` prints it; `fixOf` says what --fix would do about a finding, `recordOf` what runs tell
 *  of a vDisk. */
export function reportOf(
  { vdisks, findings, tally, checks: asked }: Examination,
  occasion: Occasion,
  fixOf: (one: Told) => string | null,
  recordOf: (plan: Plan) => OfRecord = () => NONE,
): DoctorReport {
  const { program, file, at, milliseconds, exitCode } = occasion
  return {
    format: 'vdiskprep-doctor/1',
    program,
    file,
    at,
    milliseconds,
    exitCode,
    checks: asked,
    tally,
    vdisks: vdisks.map((plan) => {
      const { title, scenario, farm, vdisk } = plan
      const address = { farm: farm.name, site: farm.site, store: vdisk.store, name: vdisk.name }
      return { title, scenario, ...address, ...recordOf(plan) }
    }),
    findings: findings.map((one) => {
      const { check, host, severity, vdisks: of, verdict, waived, says, because, effect, remedy } = one
      const { title = '', group = '', source = '' } = checks.find(({ id }) => id === check) ?? {}
      return {
        check,
        title,
        group,
        severity,
        host,
        vdisks: [...of],
        verdict,
        waived,
        says,
        because,
        effect,
        remedy: [...remedy],
        fix: fixOf(one),
        source,
      }
    }),
  }
}
