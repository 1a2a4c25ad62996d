import { checks } from '../../diagnosis/diagnose.ts'
import type { DoctorReport } from './report-schema.ts'

type Finding = DoctorReport['findings'][number]

/** How a verdict is said in SARIF 2.1.0 (3.27.9, 3.27.10): a kind other than `fail` has the level `none`. */
const RESULTS = {
  fail: { kind: 'fail', level: 'error' },
  warn: { kind: 'fail', level: 'warning' },
  unknown: { kind: 'open', level: 'none' },
  pass: { kind: 'pass', level: 'none' },
  na: { kind: 'notApplicable', level: 'none' },
} as const

/** A report of the doctor as a SARIF 2.1.0 log. A result lies in the workflow file, on the host as a logical place. */
export function sarifOf(report: DoctorReport): object {
  const rules = checks.filter(({ id }) => report.findings.some(({ check }) => check === id))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'vdiskprep doctor',
            semanticVersion: report.program,
            rules: rules.map(({ id, title, rule, effect, severity, source, group }) => ({
              id,
              shortDescription: { text: title },
              fullDescription: { text: rule },
              help: { text: `${effect} Source: ${source}.` },
              defaultConfiguration: { level: severity === 'fail' ? 'error' : 'warning' },
              properties: { tags: [group] },
            })),
          },
        },
        invocations: [{ executionSuccessful: true, exitCode: report.exitCode, endTimeUtc: report.at }],
        results: report.findings.map((one) => ({
          ruleId: one.check,
          ruleIndex: rules.findIndex(({ id }) => id === one.check),
          ...RESULTS[one.verdict],
          message: { text: [`${one.host}: ${one.says}`, ...(one.effect === null ? [] : [one.effect]), ...one.remedy].join('\n') },
          locations: [placeOf(one, report.file)],
          ...(one.waived === null ? {} : { suppressions: [{ kind: 'external', status: 'accepted', justification: one.waived }] }),
          properties: { vdisks: one.vdisks, because: one.because },
        })),
      },
    ],
  }
}

function placeOf({ host }: Finding, file: string): object {
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(file.replaceAll('\\', '/')) } },
    logicalLocations: [{ name: host, kind: 'module' }],
  }
}

/** A relative path stays relative, so that the log means the same in another checkout. */
function uriOf(path: string): string {
  const encoded = path
    .split('/')
    .map((part) => (/^[A-Za-z]:$/.test(part) ? part : encodeURIComponent(part)))
    .join('/')
  if (path.startsWith('/')) return `file://${encoded}`
  return /^[A-Za-z]:/.test(path) ? `file:///${encoded}` : encoded
}
