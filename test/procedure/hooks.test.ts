import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { hooksKept } from '../../src/procedure/steps/hooks/hook.ts'
import { hooksAround } from '../../src/procedure/steps/hooks/aroundStep.ts'
import type { ActEnd } from '../../src/procedure/stage.ts'
import type { Hook } from '../../src/workflow/plan.ts'
import { healthy } from '../diagnosis/healthy-look.ts'
import { judged, type Said } from './sight.ts'

const before = hooksAround('cleanTokens', 'before')
const usual: Hook = {
  name: 'Updates',
  on: 'target',
  script: 'Install-Updates',
  parameters: {},
  timeoutMs: 60_000,
  success: [0, 3010],
  effect: 'once',
  mayReboot: false,
}
const { boot } = healthy().target
const begun = { key: 'cleanTokens.before.1', baseline: { boot } }
const looking = { target: healthy().target }

function verdict(hook: Partial<Hook>, said: Partial<Said> = {}) {
  const hooks = { cleanTokens: { before: [{ ...usual, ...hook }], after: [] } }
  return judged(before, { plan: { ...healthy().plan, hooks }, now: looking, ...said })
}

function answered(exitCode: number | null, timedOut = false): ActEnd {
  return { is: 'answered', facts: { program: { exitCode, timedOut, output: 'all is well\r\n' }, bootGuid: boot.guid } }
}

function settled(receipt: 'ended' | 'failed' | 'unfinished', result: Record<string, number | boolean> | null = null): ActEnd {
  return { is: 'settled', receipt, result }
}

describe('the judge of hooks', () => {
  test('is done exactly when the exit code is one of those that count as success', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 4000 }), fc.array(fc.integer({ min: -5, max: 4000 })), (code, success) => {
        const { is } = verdict({ success }, { intent: begun, end: answered(code) })
        expect(is).toBe(success.includes(code) ? 'done' : 'hold')
      }),
    )
  })

  test.each([
    ['that was stopped by its time', answered(null, true), 'no exit code: stopped after its 60 s'],
    ['that ended in time by its last code and was stopped', answered(0, true), 'no exit code: stopped after its 60 s'],
    ['that was killed', answered(null), 'no exit code: it was killed'],
    ['whose receipt tells a code', settled('ended', { 'program.exitCode': 5, 'program.timedOut': false }), 5],
  ])('holds for a hook %s', (_what, end, code) => {
    expect(verdict({}, { intent: begun, end })).toMatchObject({
      is: 'hold',
      fault: { code: 'HOOK_FAILED', details: { hook: 'Updates', step: 'cleanTokens', code } },
      options: [{ name: 'hook-done' }, { name: 'hook-again' }],
    })
  })

  test('takes the exit code of a receipt where the answer was lost', () => {
    const end = settled('ended', { 'program.exitCode': 3010, 'program.timedOut': false })
    expect(verdict({}, { intent: begun, end })).toMatchObject({
      is: 'done',
      learn: { hooks: { 'cleanTokens.before.1': { name: 'Updates', ended: 'succeeded', code: 3010 } } },
    })
  })

  test.each([settled('unfinished'), settled('failed'), settled('ended'), undefined])(
    'never asks again for a hook of one effect whose outcome is unknown, and asks for one that may be repeated',
    (end) => {
      const said = { intent: begun, ...(end === undefined ? {} : { end }) }
      expect(verdict({ effect: 'once' }, said)).toMatchObject({ is: 'hold', fault: { code: 'HOOK_OUTCOME_UNKNOWN' } })
      expect(verdict({ effect: 'idempotent' }, said)).toMatchObject({ is: 'act', act: { repeat: 'safe' } })
      expect(verdict({ effect: 'none', on: 'local' }, said)).toMatchObject({ is: 'act', act: { ask: { host: 'this machine' } } })
    },
  )

  test('takes a hook as done by a person’s word, and that hook alone', () => {
    const hooks = { cleanTokens: { before: [usual, { ...usual, name: 'More' }], after: [] } }
    const said = { plan: { ...healthy().plan, hooks }, now: looking, intent: begun, end: answered(1), granted: ['hook-done'] }
    expect(judged(before, said)).toMatchObject({
      is: 'act',
      act: { what: 'run hook "More"', repeat: 'never' },
      learn: { hooks: { 'cleanTokens.before.1': { ended: 'taken-as-done' } } },
    })
  })

  test('waits for a target that a hook may reboot: a minute in its old boot, or its new one', () => {
    const said = { intent: begun, end: answered(0) }
    const first = verdict({ mayReboot: true }, said)
    expect(first).toMatchObject({ is: 'retry', learn: { rebootDue: { hook: begun.key, since: looking.target.at } } })
    const later = (ms: number) => ({
      ...said,
      memory: { rebootDue: { hook: begun.key, since: looking.target.at } },
      now: { target: { ...looking.target, at: new Date(Date.parse(looking.target.at) + ms).toISOString() } },
    })
    expect(verdict({ mayReboot: true }, later(59_000)).is).toBe('retry')
    expect(verdict({ mayReboot: true }, later(60_000)).is).toBe('done')
    const other = { guid: 'aaaaaaaa-0000-4000-8000-000000000001', lastBootUpTime: '2027-11-02T13:00:00Z' }
    const rebooted = { target: { ...looking.target, boot: { ...boot, ...other } } }
    expect(verdict({ mayReboot: true }, { ...said, now: rebooted }).because).toEqual([
      'hook "Updates" ended with 0, and W11-MASTER answers after a reboot',
    ])
  })

  test('waits no longer when the clock of the target is set back meanwhile', () => {
    const since = new Date(Date.parse(looking.target.at) + 3_600_000).toISOString()
    const said = { intent: begun, end: answered(0), memory: { rebootDue: { hook: begun.key, since } } }
    expect(verdict({ mayReboot: true }, said)).toMatchObject({
      is: 'retry',
      learn: { rebootDue: { hook: begun.key, since: looking.target.at } },
    })
  })

  test('runs none a second time', () => {
    const hooks = { 'cleanTokens.before.1': { name: 'Updates', ended: 'succeeded', code: 0, says: 'it did' } } as const
    expect(verdict({}, { memory: { hooks } })).toMatchObject({ is: 'done', skipped: true })
  })
})

test('when the run goes back to step 4, hooks that may be repeated run again from there on, and those of one effect do not', () => {
  const end = { name: 'Do', ended: 'succeeded', code: 0, says: 'it did' } as const
  const again = { ...usual, effect: 'idempotent' } as const
  const hooks = {
    cleanTokens: { before: [again], after: [] },
    sealVDisk: { before: [usual, again], after: [] },
  }
  const done = { 'cleanTokens.before.1': end, 'sealVDisk.before.1': end, 'sealVDisk.before.2': end }
  expect(Object.keys(hooksKept({ ...healthy().plan, hooks }, done))).toEqual(['cleanTokens.before.1', 'sealVDisk.before.1'])
})
