import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { doctorReport } from '../../src/report/doctor/report-schema.ts'
import { runScreen } from '../../src/ui/cli/screens/run.ts'
import { typed } from '../report/told-runs.ts'
import { closeLabs, lab, type LabFarm } from '../run/harness.ts'
import type { RunInLab } from '../run/run-in-lab.ts'

let farm: LabFarm
let run: RunInLab
let file: string

beforeAll(async () => {
  farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021' })
  run = await farm.run('kms-new-image', { approvals: { rearmWindows: true } })
  file = run.view.plan?.source.file ?? ''
}, 60_000)
afterAll(closeLabs)

const doctor = async (...options: readonly string[]) => {
  const { code, out } = await typed(farm.composition, 'doctor', file, '--store', farm.storeFile, ...options)
  return { code, out, words: out.replaceAll(/\s+/g, ' ') }
}
const json = async (...options: readonly string[]) => doctorReport.parse(JSON.parse((await doctor('--json', ...options)).out))
const found = (report: Awaited<ReturnType<typeof json>>, check: string) => report.findings.find((one) => one.check === check)

test('while a run works on an open image the doctor says so, and tells what the host tells', async () => {
  expect(run.view.state).toBe('approval')
  const report = await json()
  expect(found(report, 'disk.open')).toMatchObject({ verdict: 'pass', says: `open, and run ${run.id} works on it` })
  expect(found(report, 'rearm.windows')?.verdict).toBe('pass')
  const { words } = await doctor()
  expect(words).toContain(
    `run ${run.id} works on it and has not ended: another is refused until then. Nothing may restart the target`,
  )
  expect(words).not.toContain('Windows rearms by the record')
  expect(words).toMatch(/Office rearms by the record: \d+ left .* a rearm of Office was begun on \S+, which is not asked/)
})

test('a plan of that vDisk asks its target again without Office, and names the run instead of offering another', async () => {
  expect(run.view.memory.office.rearmed).toBe(true)
  const { out, err } = await typed(farm.composition, 'plan', file, '--store', farm.storeFile)
  expect(err).toBe('')
  const words = out.replaceAll(/\s+/g, ' ')
  expect(words).not.toContain('target.reachable')
  expect(words).toContain(`Run ${run.id} stands on W11-Office: it waits for an approval. Until it has ended, another is refused.`)
  expect(words).toContain(`Next: vdiskprep status ${run.id}`)
  expect(words).not.toContain('vdiskprep run ')
})

test('an image that a run left open is told, with the last counters as a record of that run', async () => {
  await run.answer('abort', { reason: 'another day' })
  expect(run.outcome).toBe('aborted')
  const { windows, office } = run.view.memory
  const ended = runScreen(run.view, run.view.changedAt, { width: 80, paint: (_, text) => text }).join('\n')
  expect(ended).toContain(`Windows ${String(windows.rearmsBefore)} left, not rearmed, Office`)
  const report = await json()
  expect(found(report, 'disk.open')).toMatchObject({ verdict: 'warn', severity: 'warn' })
  expect(found(report, 'rearm.windows')).toMatchObject({ verdict: 'na' })
  const [read, had] = [windows.rearmsBefore ?? Number.NaN, office.rearmsBefore ?? Number.NaN]
  expect(report.vdisks[0]?.recordedRearms).toMatchObject({
    windows: { run: run.id, read, left: read },
    office: { run: run.id, read: had, left: had - 1 },
  })
  const { code, words } = await doctor()
  expect(code).toBe(0)
  expect(words).toMatch(
    new RegExp(
      `Windows rearms by the record: ${String(read)} last read on [-\\d]+ [:\\d]+ UTC by run ${run.id}; ${farm.names.master} is off, so this is not a fact of now`,
    ),
  )
  expect(words).toContain(`${String(had - 1)} left (${String(had)} last read on`)
  expect(words).toContain(`open in Private mode since run ${run.id}, which ended aborted on`)
})

test('a record is not told where its counters were not asked for, nor that of another vDisk', async () => {
  expect((await doctor('--only', 'map')).words).not.toContain('by the record')
  const { words } = await doctor('--only', 'rearm.windows')
  expect(words).toContain('Windows rearms by the record')
  expect(words).not.toContain('Office rearms by the record')
  const other = await farm.plan('kms-new-image', { vdisk: { name: 'W11-Other' } })
  const { out } = await typed(farm.composition, 'doctor', other.source.file, '--store', farm.storeFile)
  expect(out).not.toContain('by the record')
})
