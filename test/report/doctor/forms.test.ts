import { describe, expect, test } from '@jest/globals'
import { SaxesParser } from 'saxes'
import { examine } from '../../../src/diagnosis/examine.ts'
import { checks } from '../../../src/diagnosis/diagnose.ts'
import { reportOf } from '../../../src/report/doctor/doctor-report.ts'
import { junitOf } from '../../../src/report/doctor/junit.ts'
import { doctorReport, type DoctorReport } from '../../../src/report/doctor/report-schema.ts'
import { sarifOf } from '../../../src/report/doctor/sarif.ts'
import { allTroubles } from '../../diagnosis/checks/all-troubles.ts'
import { healthy, serviceOf } from '../../diagnosis/healthy-look.ts'

const occasion = {
  program: '0.1.0',
  file: 'images/w11 new.yaml',
  at: '2026-11-02T12:00:00.250Z',
  milliseconds: 4210,
  exitCode: 5,
}

/** A farm with a fail, a waived fail, a warning, something unknown and something that does not apply. */
function troubled(): DoctorReport {
  const look = healthy()
  Object.assign(serviceOf(look.servers.PVS02, 'StreamService'), {
    tokenHolds: false,
    policyGrants: { granted: false, via: null },
  })
  look.servers.PVS01.mounted = { unknown: 'no <answer> & "more"\u0007' }
  look.target.identity.staticAddress = true
  look.disk.disk.temporaryVersionSet = true
  look.plan.waive = [{ check: 'disk.temporaryVersion', reason: 'set by hand' }]
  return reportOf(examine([look], { only: [], skip: [] }), occasion, () => null)
}

interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  text: string
}

/** The elements of a well-formed text, in their order. */
function elementsOf(xml: string): readonly Element[] {
  const found: Element[] = []
  const parser = new SaxesParser()
  parser.on('error', (problem) => {
    throw problem
  })
  parser.on('opentag', ({ name, attributes }) => void found.push({ name, attributes, text: '' }))
  parser.on('text', (text) => {
    const last = found.at(-1)
    if (last !== undefined) last.text += text
  })
  parser.write(xml).close()
  return found
}

describe('the report as JSON', () => {
  test('has the form of its schema, whatever is wrong', () => {
    for (const trouble of allTroubles) {
      const draft = healthy()
      const look = { ...draft, ...trouble.change(draft) }
      expect(
        doctorReport.safeParse(reportOf(examine([look], { only: [], skip: [] }), occasion, () => null)).error,
      ).toBeUndefined()
    }
  })

  test('tells of each finding all that a screen shows', () => {
    const { findings, tally } = troubled()
    expect(findings[0]).toMatchObject({
      check: 'privilege.stream',
      host: 'PVS02',
      verdict: 'fail',
      waived: null,
      source: 'volume-right; article; pvs-guide (209)',
      remedy: [expect.stringContaining('Perform volume maintenance tasks'), expect.any(String)],
    })
    expect(findings.find(({ check }) => check === 'disk.temporaryVersion')).toMatchObject({ waived: 'set by hand' })
    expect(tally).toMatchObject({ fail: 2, warn: 1, unknown: 1 })
  })
})

describe('the report as JUnit XML', () => {
  const elements = elementsOf(junitOf(troubled()))
  const named = (name: string) => elements.filter((one) => one.name === name)

  test('has a suite for each host and a case for each finding, and counts what it holds', () => {
    const report = troubled()
    expect(named('testcase')).toHaveLength(report.findings.length)
    expect(named('testsuite').map(({ attributes }) => attributes['name'])).toEqual([
      ...new Set(report.findings.map(({ host }) => host)),
    ])
    const sum = (count: string) => named('testsuite').reduce((total, { attributes }) => total + Number(attributes[count]), 0)
    const [whole] = named('testsuites')
    for (const count of ['tests', 'failures', 'errors', 'skipped']) expect(Number(whole?.attributes[count])).toBe(sum(count))
    expect([sum('failures'), sum('errors')]).toEqual([1, 1])
    expect([named('failure').length, named('error').length, named('skipped').length]).toEqual([1, 1, sum('skipped')])
  })

  test('what is unknown because of another case is skipped, as long as that one is in the report', () => {
    const draft = healthy()
    const look = { ...draft, disk: { ...draft.disk, found: 0 } } as never
    const kindIn = (only: readonly string[]) =>
      elementsOf(junitOf(reportOf(examine([look], { only, skip: [] }), occasion, () => null)))
        .map(({ name }) => name)
        .filter((name) => ['failure', 'error', 'skipped'].includes(name))
    expect(kindIn(['disk.found', 'disk.locks'])).toEqual(['failure', 'skipped'])
    expect(kindIn(['disk.locks'])).toEqual(['error'])
  })

  test('a failure says what to do, what is unknown is an error, what was waived is skipped with its reason', () => {
    expect(named('failure')[0]?.text).toMatch(/lacks SE_MANAGE_VOLUME_NAME[\s\S]*secpol\.msc/)
    expect(named('error')[0]?.attributes['message']).toContain('no <answer> & "more"')
    expect(named('skipped').map(({ attributes }) => attributes['message'])).toContainEqual(
      expect.stringContaining('waived: set by hand'),
    )
  })
})

describe('the report as a SARIF 2.1.0 log', () => {
  const log = sarifOf(troubled()) as {
    version: string
    runs: { tool: { driver: { rules: { id: string }[] } }; results: Result[]; invocations: object[] }[]
  }
  interface Result {
    ruleId: string
    ruleIndex: number
    kind: string
    level: string
    locations: { physicalLocation: { artifactLocation: { uri: string } } }[]
    suppressions?: object[]
  }
  const [run] = log.runs
  const results = run?.results ?? []
  const rules = run?.tool.driver.rules ?? []

  test('names its version, and every result a rule of its own at its place', () => {
    expect(log.version).toBe('2.1.0')
    expect(rules).toHaveLength(checks.length)
    for (const one of results) expect(rules[one.ruleIndex]?.id).toBe(one.ruleId)
  })

  test('only what failed or warns has a level; the rest says by its kind what became of the question', () => {
    const forms = new Set(results.map(({ kind, level }) => `${kind} ${level}`))
    expect(forms).toEqual(new Set(['fail error', 'fail warning', 'open none', 'pass none', 'notApplicable none']))
  })

  test('lies in the workflow file, by a path that a URI can hold', () => {
    expect(new Set(results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri))).toEqual(
      new Set(['images/w11%20new.yaml']),
    )
  })

  test('what was waived is suppressed with its reason', () => {
    expect(results.find(({ ruleId }) => ruleId === 'disk.temporaryVersion')?.suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification: 'set by hand' },
    ])
  })
})
