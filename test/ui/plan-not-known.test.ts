import { expect, test } from '@jest/globals'
import type { Forecast, ForeseenStep } from '../../src/procedure/forecast/foreseen.ts'
import { planScreen } from '../../src/ui/cli/screens/plan.ts'
import type { StepName } from '../../src/workflow/plan.ts'

const none = { says: [], acts: [], then: [], until: null, fault: null, options: [], why: 'why', source: 'own-rule' } as const
const booted = { step: 'createVDisk', what: 'has booted W11-MASTER' } as const
const dark = (step: StepName, until: ForeseenStep['until'] = booted): ForeseenStep => ({
  ...none,
  step,
  outlook: 'cannot-know',
  until,
})
const firstStep = (...ops: readonly string[]): ForeseenStep => {
  const acts = ops.map((op) => ({ key: op, what: op, host: 'PVS01', op, args: {}, because: ['it is off'] }))
  return { ...none, step: 'createVDisk', outlook: 'will-act', acts, until: booted }
}

/** What the screen of such a plan says at its end about what it does not know, in one line each. */
function notKnown(...steps: readonly ForeseenStep[]): readonly string[] {
  const forecast: Forecast = {
    ...{
      title: 'W11-Office',
      scenario: 'new-base-image',
      where: 'HQ/Store1',
      workflow: 'hash',
      steps,
      approvals: [],
      caveats: [],
    },
    order: { sequence: null, because: 'not known yet' },
    rearm: { wanted: null, because: 'not known yet' },
    counters: [],
    checks: { tally: { pass: 1, warn: 0, fail: 0, unknown: 0, na: 0 }, findings: [] },
  }
  const screen = planScreen(forecast, '4f1c09ab', { width: 400, paint: (_, text) => text })
  return screen.filter((line) => line.startsWith(' not known')).map((line) => line.slice(12))
}

test('what a boot decides is to be had by booting, where the disk is open already', () => {
  expect(
    notKnown(
      firstStep('Connect-VdpDevice', 'Start-VdpDevice'),
      dark('cleanTokens'),
      dark('installWindowsKey'),
      dark('rearmWindows'),
    ),
  ).toEqual([
    'steps 2-3, 5 are decided by what Windows tells once step 1 has booted W11-MASTER. Nothing is guessed: the run looks before each of them. To know it before: boot that device from the open disk and plan again.',
  ])
})

test('where the run has to open the disk first, the run is what can ask', () => {
  const [says] = notKnown(firstStep('Set-VdpDiskMode', 'Start-VdpDevice'), dark('cleanTokens'))
  expect(says).toContain('step 2 is decided by what Windows tells once step 1 has booted W11-MASTER')
  expect(says).toContain('let it ask before a step (approvals: in the workflow)')
  expect(says).not.toContain('plan again')
})

test('what stands behind a blocked step is known once that is mended, in the order of the numbers', () => {
  const free = { step: 'rearmOffice', what: 'is free again' } as const
  expect(notKnown(dark('rearmWindows', free), dark('sealVDisk', free), dark('verify', free), dark('release', free))).toEqual([
    'steps 5, 8-10 are decided after step 7, which is blocked: mend that and plan again. Nothing behind it is guessed.',
  ])
})

test('a plan that knows everything says nothing of it', () => {
  expect(notKnown({ ...none, step: 'verify', outlook: 'satisfied' })).toEqual([])
})
