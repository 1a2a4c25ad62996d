import { expect, test } from '@jest/globals'
import type { StoredRun } from '../../src/engine/ports/store.ts'
import { examine } from '../../src/diagnosis/examine.ts'
import { emptyMemory } from '../../src/procedure/memory.ts'
import { reportOf } from '../../src/report/doctor/doctor-report.ts'
import { doctorReport, type LastLook } from '../../src/report/doctor/report-schema.ts'
import { knownProof, lastLookOf } from '../../src/ui/cli/checking/last-look.ts'
import { doctorScreen } from '../../src/ui/cli/screens/doctor.ts'
import { healthyButOff } from '../diagnosis/healthy-look.ts'

const look = healthyButOff()
const { plan } = look
const fault = { code: 'DUPLICATE_CMID', details: { canaries: ['CAD-T1', 'CAD-T2'], cmid: 'a0ed3932' } } as const

/** A run of the vDisk that has ended, as far as the doctor reads it. */
function ended(run: string, outcome: string, changedAt: number, memory: object, endsFor: object | null = null): StoredRun {
  const context = { memory: { ...emptyMemory, ...memory }, endsFor }
  return {
    run,
    outcome,
    state: 'ended',
    plan,
    startedAt: changedAt - 1,
    changedAt,
    snapshot: { context },
  } as unknown as StoredRun
}

const clones = [{ host: 'CAD-T1' }, { host: 'CAD-T2' }]
const failed = ended('t3fc3', 'failed', 2_000, { clones }, { because: 'clones failed', fault })

function told(lastLook: LastLook, only: readonly string[] = []) {
  const found = examine([look], { only, skip: [] })
  const occasion = { program: '0.1.0', file: 'cad.yaml', at: '2026-11-02T12:00:00Z', milliseconds: 400, exitCode: 0 }
  const recordOf = () => ({ recordedRearms: { windows: null, office: null }, lastLook })
  const report = doctorReport.parse(reportOf(found, occasion, () => null, recordOf))
  const lines = doctorScreen(report, [look], { all: false, only }, { width: 80, paint: (_, text) => text })
  return { report, lines, words: lines.join(' ').replaceAll(/\s+/g, ' ') }
}

test('the last word about a vDisk whose clones failed their last look is that failure, with its next command', () => {
  const lastLook = lastLookOf(knownProof([failed], plan), 'cad.yaml')
  expect(lastLook).toMatchObject({ run: 't3fc3', outcome: 'failed', stale: false, fault: { code: 'DUPLICATE_CMID' } })
  const { lines, words, report } = told(lastLook)
  expect(report.vdisks[0]?.lastLook).toEqual(lastLook)
  expect(words).toMatch(
    new RegExp(
      `Clones of ${plan.title} failed their last look \\(run t3fc3\\): DUPLICATE_CMID CAD-T1, CAD-T2 share the CMID a0ed3932\\. Every clone .* Not seen, as the target is off: rearm\\.skip, which can tell why\\. Next: vdiskprep explain DUPLICATE_CMID .*--extends kms-repair vdiskprep show t3fc3$`,
    ),
  )
  expect(lines.filter((line) => line.length > 80)).toEqual([])
})

test('a failure that a later seal has overtaken, or a look that went well, is not held against the image', () => {
  const sealed = ended('resld', 'sealed-unverified', 3_000, { sealed: { diskGuid: 'guid' } })
  const overtaken = knownProof([failed, sealed], plan)
  expect(overtaken).toMatchObject({ run: 't3fc3', stale: true })
  const well = knownProof([failed, ended('fine2', 'verified', 4_000, { clones })], plan)
  expect(well).toMatchObject({ run: 'fine2', fault: null })
  for (const proof of [overtaken, well]) expect(told(lastLookOf(proof, 'cad.yaml')).words).not.toContain('failed their last look')
})

test('the footer counts what the heading names, and says how much is not seen while the target is off', () => {
  const { report, words } = told(null)
  const off = report.findings.filter(({ says }) => says.startsWith('the target is off')).length
  expect(off).toBeGreaterThan(10)
  expect(words).toContain(`${String(report.checks)} checks gave ${String(report.findings.length)} results: `)
  expect(words).toContain(`not applicable (${String(off)} as ${plan.target.device} is off)`)
})

test('what is asked by its name is shown, also where it does not apply or is in order', () => {
  const { words } = told(null, ['rearm.skip', 'disk.found'])
  expect(words).toMatch(/n\/a rearm\.skip the target is off: looked at after it boots/)
  expect(words).toMatch(/ok disk\.found/)
  expect(words).not.toContain('--all shows them')
  expect(told(null, ['rearm']).words).not.toContain('n/a')
})
