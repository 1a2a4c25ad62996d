import { expect, test } from '@jest/globals'
import type { StepView } from '../../src/procedure/run-view.ts'
import { emptyView } from '../../src/procedure/view-changes.ts'
import { openMetrics, type Counted } from '../../src/report/metrics.ts'

function step(name: StepView['step'], seconds: number, state: StepView['state'] = 'done'): StepView {
  return {
    step: name,
    state,
    because: [],
    touched: true,
    stage: null,
    startedAt: 1000,
    endedAt: 6000 + seconds * 1000,
    undrivenMs: 5000,
  }
}

function counted(change: Partial<Counted>): Counted {
  return { ...emptyView('8k2'), steps: [], holds: [], ...change }
}

const { memory } = emptyView('8k2')

test('an empty store is an empty exposition', () => {
  expect(openMetrics([])).toBe('# EOF\n')
})

test('runs, durations, holds and rearms are families of their own, and names cannot break a line', () => {
  const windows = { ...memory.windows, rearmsBefore: 3, rearmsAfter: 2 }
  const office = { ...memory.office, rearmsBefore: 5, rearmed: true }
  const text = openMetrics([
    counted({
      title: 'a "quoted\\" \n name',
      state: 'ended',
      outcome: 'verified',
      startedAt: 2,
      steps: [step('sealVDisk', 61), step('verify', 5, 'held')],
      memory: { ...memory, windows, office },
    }),
    counted({ title: 'W11', state: 'held', holds: ['BUSY', 'REARM_NO_OP', 'BUSY'], steps: [step('sealVDisk', 9.5)] }),
    counted({ title: 'W11', state: 'running', startedAt: 3, memory: { ...memory, windows: { ...windows, rearmsAfter: 1 } } }),
    counted({ title: 'W11', state: 'running', startedAt: 1, memory: { ...memory, windows } }),
  ])
  const lines = text.split('\n')
  expect(lines.filter((line) => !line.startsWith('vdiskprep_step_seconds_bucket'))).toEqual([
    '# TYPE vdiskprep_runs gauge',
    '# HELP vdiskprep_runs Runs of the store by state and outcome.',
    'vdiskprep_runs{state="ended",outcome="verified"} 1',
    'vdiskprep_runs{state="held",outcome=""} 1',
    'vdiskprep_runs{state="running",outcome=""} 2',
    '# TYPE vdiskprep_step_seconds histogram',
    '# UNIT vdiskprep_step_seconds seconds',
    '# HELP vdiskprep_step_seconds For how long steps that were done were worked on.',
    'vdiskprep_step_seconds_sum{step="sealVDisk"} 70.5',
    'vdiskprep_step_seconds_count{step="sealVDisk"} 2',
    '# TYPE vdiskprep_holds counter',
    '# HELP vdiskprep_holds How often runs were held, by fault.',
    'vdiskprep_holds_total{fault="BUSY"} 2',
    'vdiskprep_holds_total{fault="REARM_NO_OP"} 1',
    '# TYPE vdiskprep_rearms_left gauge',
    '# HELP vdiskprep_rearms_left Rearms left after the last run that read them.',
    'vdiskprep_rearms_left{vdisk="W11",product="Windows"} 1',
    'vdiskprep_rearms_left{vdisk="a \\"quoted\\\\\\" \\n name",product="Office"} 4',
    'vdiskprep_rearms_left{vdisk="a \\"quoted\\\\\\" \\n name",product="Windows"} 2',
    '# EOF',
    '',
  ])
  const buckets = lines.flatMap((line) => /le="([^"]+)"\} (\d+)/.exec(line)?.slice(1).join(' ') ?? [])
  expect(buckets).toEqual(['10.0 1', '60.0 1', '300.0 2', '900.0 2', '1800.0 2', '3600.0 2', '14400.0 2', '+Inf 2'])
})
