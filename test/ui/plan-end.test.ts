import { expect, test } from '@jest/globals'
import type { Forecast, ForeseenStep } from '../../src/procedure/forecast/foreseen.ts'
import type { OpenRun } from '../../src/ui/cli/checking/open-runs.ts'
import { planEnd } from '../../src/ui/cli/screens/plan.ts'

type Step = Pick<ForeseenStep, 'step' | 'outlook' | 'options'>

function end(steps: readonly Step[], open: readonly OpenRun[] = []): string {
  const forecasts = [{ steps } as unknown as Forecast]
  const lines = planEnd(forecasts, open, { hash: '4f1c09ab', file: 'w11.yaml' }, { width: 80, paint: (_, text) => text })
  return lines.join(' ').replaceAll(/\s+/g, ' ').trim()
}

const free = { step: 'verify', outlook: 'satisfied', options: [] } as const
const blocked = { step: 'installOfficeKey', outlook: 'blocked', options: [] } as const
const open = { title: 'W11-Office', run: 'cnwhz', state: 'held', fault: 'OUTCOME_UNKNOWN' } as const

test('a plan that nothing stands against ends with the command that runs it', () => {
  expect(end([free])).toBe('Run it: vdiskprep run w11.yaml --plan 4f1c09ab')
})

test('a blocked plan names its steps and how to go on, and offers no run that would only be held', () => {
  expect(end([{ ...blocked, step: 'preflight', options: [{ name: 'waive', label: 'x' }] }, blocked, free])).toBe(
    'A run would be held at step 0, 6. Mend what is BLOCKED and plan again. Next: vdiskprep plan w11.yaml',
  )
})

test('a run that stops where it asks a person is offered beside that', () => {
  const asks = { ...blocked, options: [{ name: 'remove-skip-rearm', label: 'remove the value' }] }
  expect(end([asks])).toMatch(/Next: vdiskprep plan w11\.yaml vdiskprep run w11\.yaml --plan 4f1c09ab It asks you there\.$/)
})

test('a run that has not ended on the vDisk is named with its next command, and no other is offered', () => {
  expect(end([free, blocked], [open])).toBe(
    'Run cnwhz stands on W11-Office: it is held (OUTCOME_UNKNOWN) and waits for a decision. Until it has ended, another is refused. Next: vdiskprep status cnwhz',
  )
  expect(end([free], [{ ...open, state: 'stopped', fault: null }])).toContain('nobody drives it')
})
