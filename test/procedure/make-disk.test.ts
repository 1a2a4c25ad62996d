import { describe, expect, test } from '@jest/globals'
import { makeDisk } from '../../src/procedure/steps/createVDisk/imaging/makeDisk.ts'
import type { ActEnd } from '../../src/procedure/stage.ts'
import type { Plan } from '../../src/workflow/plan.ts'
import { healthy } from '../diagnosis/healthy-look.ts'
import { judged } from './sight.ts'

const farm = healthy()
const plan: Plan = { ...farm.plan, vdisk: { ...farm.plan.vdisk, create: 'imaging-wizard', sizeMiB: 81_920 } }
const there = { ...farm.disk, found: 1 }
const nothing = { ...farm.disk, found: 0, disk: undefined }
const intent = { key: 'make-disk', host: plan.farm.server, op: 'New-VdpDisk' } as const
const settled = (receipt: 'ended' | 'failed' | 'unfinished'): ActEnd => ({ is: 'settled', receipt, result: null })
const refused: ActEnd = { is: 'refused', fault: { code: 'PVS_ERROR', details: { code: 90 } } }

/** What the stage makes of a store with or without the disk, after the act ended like this. */
const seeing = (disk: typeof there | typeof nothing, end?: ActEnd) =>
  judged(makeDisk, { plan, now: { tasks: {}, disk }, ...(end === undefined ? {} : { intent, end }) })

describe('a disk of the wanted name', () => {
  test.each<[string, ActEnd | undefined]>([
    ['nothing was asked for', undefined],
    ['PVS refused ours', refused],
    ['the receipt says that ours failed', settled('failed')],
    ['the receipt has no end: whose it is cannot be told', settled('unfinished')],
  ])('is never used where %s', (_, end) => {
    expect(seeing(there, end)).toMatchObject({ is: 'hold', fault: { code: 'VDISK_EXISTS' } })
  })

  test('is not ours where the answer named another one', () => {
    const facts = { after: { ...there, disk: { ...there.disk, guid: '0d15c000-0000-4000-8000-0000000000ff' } }, taskId: null }
    expect(seeing(there, { is: 'answered', facts })).toMatchObject({ is: 'hold', fault: { code: 'VDISK_EXISTS' } })
  })

  test('is ours by its answer or its ended receipt', () => {
    const learn = { made: there.disk.guid }
    expect(seeing(there, { is: 'answered', facts: { after: there, taskId: null } })).toMatchObject({ is: 'done', learn })
    expect(seeing(there, settled('ended'))).toMatchObject({ is: 'done', learn })
  })
})

test.each([
  ['goes on', 1, 'retry'],
  ['was cancelled', null, 'hold'],
])('a disk whose task %s is not there yet, and is known as ours', (_, percent, is) => {
  const taskId = '7a5c0000-0000-4000-8000-000000000001'
  const task = { at: there.at, found: true, state: percent === null ? 1 : 0, percent, error: null }
  const verdict = judged(makeDisk, {
    plan,
    now: { tasks: { [taskId]: task }, disk: there },
    intent,
    end: { is: 'answered', facts: { after: nothing, taskId } },
  })
  expect(verdict).toMatchObject({ is, learn: { made: there.disk.guid } })
})

test.each([
  ['an answer', { is: 'answered', facts: { after: nothing, taskId: null } } as const, 'NOT_PROVED'],
  ['a refusal', refused, 'PVS_ERROR'],
  ['a receipt without end', settled('unfinished'), 'NOT_PROVED'],
])('no disk after %s holds: it is not made again unasked', (_, end, code) => {
  expect(seeing(nothing, end)).toMatchObject({ is: 'hold', fault: { code } })
})
