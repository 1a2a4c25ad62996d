import type { DoctorReport } from './report-schema.ts'

type Finding = DoctorReport['findings'][number]

/** A report of the doctor as JUnit XML: a suite for each host, a case for each finding. What failed is a failure, what is not known an error
 *  unless it could only warn, what was waived or does not apply is skipped; a warning passes and says so in its output. */
export function junitOf(report: DoctorReport): string {
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
      ...findings.map((one) => caseOf(one, report.vdisks.length > 1)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n')
}

function kindOf({ verdict, severity, waived }: Finding): 'failure' | 'error' | 'skipped' | 'passed' {
  if (verdict === 'na') return 'skipped'
  if (verdict === 'pass' || verdict === 'warn' || severity === 'warn') return 'passed'
  if (waived !== null) return 'skipped'
  return verdict === 'fail' ? 'failure' : 'error'
}

function caseOf(one: Finding, isOneOfMany: boolean): string {
  const name = isOneOfMany ? `${one.check} (${one.vdisks.join(', ')})` : one.check
  const head = `    <testcase${attributes({ classname: one.host, name, time: 0 })}`
  const text = escaped([one.says, ...(one.effect === null ? [] : [one.effect]), ...one.remedy].join('\n'))
  const kind = kindOf(one)
  if (kind === 'passed') return one.verdict === 'pass' ? `${head}/>` : `${head}><system-out>${text}</system-out></testcase>`
  const message = kind === 'skipped' && one.waived !== null ? `waived: ${one.waived}; ${one.says}` : one.says
  if (kind === 'skipped') return `${head}><skipped${attributes({ message })}/></testcase>`
  return `${head}><${kind}${attributes({ message, type: one.check })}>${text}</${kind}></testcase>`
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')}"`)
    .join('')
}

/** Characters that XML 1.0 has no form for are left out: texts of hosts may hold any. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
