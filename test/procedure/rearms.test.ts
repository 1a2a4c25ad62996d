import { describe, expect, test } from '@jest/globals'
import { rearmBegun, rearmsLeft } from '../../src/procedure/rearms.ts'
import type { ActView, RunView } from '../../src/procedure/run-view.ts'
import { emptyView } from '../../src/procedure/view-changes.ts'

const fresh = emptyView('8k2')
const act = (step: string, end: ActView['end'] = 'answered'): ActView => ({
  ...{ effect: `${step}.${step}/rearm/1`, what: 'rearm', host: 'W11-MASTER', at: 0, end },
})

function read(before: number, own: Partial<RunView>, after: number | null = null): RunView {
  const windows = { ...fresh.memory.windows, rearmsBefore: before, rearmsAfter: after }
  return { ...fresh, ...own, memory: { ...fresh.memory, windows } }
}

describe('rearms left', () => {
  test('are one less after a rearm that the service does not count before the next boot', () => {
    expect(rearmsLeft(read(3, { acts: [act('rearmWindows')] }), 'windows')).toBe(2)
    expect(rearmsLeft(read(3, {}), 'windows')).toBe(3)
  })

  test('are counted from the last reading: a first rearm that was lost is in it already', () => {
    const twice = { acts: [act('rearmWindows'), act('rearmWindows')] }
    expect(rearmsLeft(read(2, twice), 'windows')).toBe(1)
    expect(rearmsLeft(read(2, twice, 2), 'windows')).toBe(1)
  })

  test('are not known where nothing was read', () => {
    expect(rearmsLeft({ ...fresh, acts: [act('rearmOffice')] }, 'office')).toBeNull()
  })
})

test('a rearm is begun when it is in doubt, and stays so when its step is done anew', () => {
  expect(rearmBegun({ ...fresh, acts: [act('rearmOffice', 'in doubt')] }, 'office')).toBe(true)
  expect(rearmBegun({ ...fresh, acts: [act('rearmOffice', 'in doubt')] }, 'windows')).toBe(false)
})
