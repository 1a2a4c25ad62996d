import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { drivenMs, stepDrivenMs } from '../../src/procedure/driven.ts'
import { fold, type Stamped } from '../../src/procedure/fold.ts'
import { emptyView } from '../../src/procedure/view-changes.ts'
import { timelineOf, workedMs } from '../../src/report/passport/course.ts'
import { closeLabs, jonas, lab, maria } from '../run/harness.ts'

/** A run that waited twice for a person, and was taken up again each time; and one that was held, and then aborted. */
let lines: readonly Stamped[] = []
let aborted: readonly Stamped[] = []

beforeAll(async () => {
  const farm = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021' })
  const run = await farm.run('kms-new-image', { approvals: { rearmWindows: true, sealVDisk: { anotherPerson: true } } }, maria)
  await run.decide('approve', { by: maria, reason: 'one rearm is meant' })
  await run.resume(maria)
  await run.decide('approve', { by: jonas, reason: 'four eyes' })
  await run.resume(jonas)
  lines = run.lines
  const faulty = await lab({ os: 'windows-11-23h2', office: 'ltsc-2021', faults: [{ fault: 'skip-rearm-left-over' }] })
  const held = await faulty.run('kms-new-image')
  await held.decide('abort', { by: maria, reason: 'another day' })
  await held.resume(maria)
  aborted = held.lines
})
afterAll(closeLabs)

function worked(journal: readonly Stamped[], later = 0) {
  const view = journal.reduce(fold, emptyView('8k2mz'))
  const now = view.changedAt + later
  return {
    view,
    run: drivenMs(view, now),
    steps: view.steps.map((step) => stepDrivenMs(view, step, now)),
    wall: now - view.startedAt,
  }
}

const takenUp = ({ event }: Stamped) => event.type === 'owner.claimed' && event.resumed

/** The same journal with a night before each time that somebody decided or took the run up. */
function withNights(nights: readonly number[], journal = lines): readonly Stamped[] {
  let ahead = 0
  let n = 0
  return journal.map((line) => {
    if (takenUp(line) || line.event.type === 'decided') ahead += nights[n++ % nights.length] ?? 0
    return { ...line, at: line.at + ahead }
  })
}

describe('the time of a run', () => {
  test.each([
    ['that was approved twice', 2, () => lines],
    ['that was held and aborted', 1, () => aborted],
  ])('%s is the same however long nobody drove it or people took to decide', (_, times, of) => {
    const before = worked(of())
    expect(of().filter(takenUp)).toHaveLength(times)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 86_400_000 }), { minLength: 1 }), (nights) => {
        const { run, steps, wall } = worked(withNights(nights, of()))
        expect({ run, steps }).toEqual({ run: before.run, steps: before.steps })
        expect(run).toBeLessThanOrEqual(wall)
      }),
    )
  })

  test('is told by a passport of the same journal alike', () => {
    const journal = withNights([0, 30_000_000], aborted)
    const { view, steps } = worked(journal)
    const bars = timelineOf(journal, view)
    const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
    expect(view.steps.map((step) => workedMs({ startedAt: iso(step.startedAt), endedAt: iso(step.endedAt) }, bars))).toEqual(
      steps,
    )
    expect(bars.some(({ is }) => is === 'undriven')).toBe(true)
  })

  test('is at least that of its steps together', () => {
    const { run, steps } = worked(lines)
    expect(run).toBeGreaterThan(0)
    expect(steps.reduce<number>((sum, one) => sum + (one ?? 0), 0)).toBeLessThanOrEqual(run)
  })

  test('stands still where somebody has left it, and goes on where somebody drives', () => {
    const left = lines.findIndex(({ event }) => event.type === 'owner.left')
    expect(worked(lines.slice(0, left + 1), 3_600_000).run).toBe(worked(lines.slice(0, left + 1)).run)
    expect(worked(lines.slice(0, left), 3_600_000).run).toBe(worked(lines.slice(0, left)).run + 3_600_000)
    const asks = worked(lines.slice(0, left + 1), 3_600_000)
    expect(asks.view.state).toBe('approval')
    expect(asks.steps).toEqual(worked(lines.slice(0, left + 1)).steps)
  })

  test('ends with the last line of an owner that died', () => {
    const night = 30_000_000
    const left = lines.findIndex(({ event }) => event.type === 'owner.left')
    const died = withNights([0, night]).toSpliced(left, 1)
    expect(worked(died).wall).toBeGreaterThan(2 * night)
    expect(worked(died).run).toBe(worked(lines).run - ((lines[left]?.at ?? 0) - (lines[left - 1]?.at ?? 0)))
  })

  test('does not go on while a run waits for whom it was taken over for', () => {
    const at = lines.findIndex(({ event }) => event.type === 'owner.left')
    const over = { type: 'decided', place: '', decision: 'take-over', by: jonas, reason: null, option: null } as const
    const before = lines[at - 1]
    if (before === undefined) throw new Error('a run begins with more than one line')
    const taken = [...lines.slice(0, at), { ...before, at: before.at + 7_200_000, event: over }]
    expect(worked(taken, 3_600_000).run).toBe(worked(lines.slice(0, at)).run)
  })
})
