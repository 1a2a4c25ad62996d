import { attributes, escaped } from '../xml.ts'
import { decides } from '../../diagnosis/because.ts'
import type { DoctorReport } from './report-schema.ts'

type Finding = DoctorReport['findings'][number]

/** A report of the doctor as JUnit XML: a suite for each host, a case for each finding. What failed is a failure, what is not known an error
 *  unless it could only warn; what was waived, does not apply or is unknown because of another case is skipped; a warning passes and says so
 *  in its output. */
export function junitOf(report: DoctorReport): string {
  const asked = new Set(report.findings.flatMap(({ check, waived }) => (waived === null ? [check] : [])))
  const kindOf = (one: Finding) => (decides(one, asked) ? ownKind(one) : 'skipped')
  const suites = [...Map.groupBy(report.findings, ({ host }) => host)]
  const count = (of: readonly Finding[]) =>
    attributes({
      tests: of.length,
      failures: of.filter((one) => kindOf(one) === 'failure').length,
      errors: of.filter((one) => kindOf(one) === 'error').length,
      skipped: of.filter((one) => kindOf(one) === 'skipped').length,
    })
  const time = (report.milliseconds / 1000).toFixed(3)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: `vdiskprep doctor ${report.file}`, time })}${count(report.findings)}>`,
    ...suites.flatMap(([host, findings]) => [
      `  <testsuite${attributes({ name: host, timestamp: report.at.replace(/(\.\d+)?Z$/, ''), time: 0 })}${count(findings)}>`,
      ...findings.map((one) => caseOf(one, kindOf(one), report.vdisks.length > 1)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n')
}

type Kind = 'failure' | 'error' | 'skipped' | 'passed'

function ownKind({ verdict, severity, waived }: Finding): Kind {
  if (verdict === 'na') return 'skipped'
  if (verdict === 'pass' || verdict === 'warn' || severity === 'warn') return 'passed'
  if (waived !== null) return 'skipped'
  return verdict === 'fail' ? 'failure' : 'error'
}

function caseOf(one: Finding, kind: Kind, isOneOfMany: boolean): string {
  const name = isOneOfMany ? `${one.check} (${one.vdisks.join(', ')})` : one.check
  const head = `    <testcase${attributes({ classname: one.host, name, time: 0 })}`
  const text = escaped([one.says, ...(one.effect === null ? [] : [one.effect]), ...one.remedy].join('\n'))
  if (kind === 'passed') return one.verdict === 'pass' ? `${head}/>` : `${head}><system-out>${text}</system-out></testcase>`
  const message = kind === 'skipped' && one.waived !== null ? `waived: ${one.waived}; ${one.says}` : one.says
  if (kind === 'skipped') return `${head}><skipped${attributes({ message })}/></testcase>`
  return `${head}><${kind}${attributes({ message, type: one.check })}>${text}</${kind}></testcase>`
}
