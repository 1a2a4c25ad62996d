import { describe, expect, test } from '@jest/globals'
import { questionsOf, type Question, type Subjects } from '../../../src/ui/cli/checking/questions.ts'
import { isAnsweredBy, operations, type OperationName, type Role } from '../../../src/wire/operations/catalogue.ts'

const NOTHING: Subjects = { devices: [], disks: [], since: '2026-01-02T03:04:05.000Z' }

/** All questions of a role, each answered by `answer`. */
function asked(
  role: Role,
  subjects: Subjects = NOTHING,
  answer: (question: Question) => unknown = () => undefined,
): readonly Question[] {
  const questions = questionsOf(role, subjects)
  const all: Question[] = []
  for (let next = questions.next(); next.done !== true; next = questions.next(answer(next.value))) all.push(next.value)
  return all
}

describe.each(['target', 'pvs', 'kms'] as const)('a %s host', (role) => {
  test('is asked every operation that only reads, with arguments that fit, and no other', () => {
    const reads = (Object.keys(operations) as OperationName[]).filter((op) => isAnsweredBy(op, role) && !operations[op].writes)
    expect([...new Set(asked(role).map(({ op }) => op))].sort()).toEqual(reads.sort())
    for (const question of asked(role))
      if ('args' in question) expect(operations[question.op].args.safeParse(question.args).error).toBeUndefined()
  })
})

test('nothing of Office is asked once Office was rearmed', () => {
  const told = asked('target', NOTHING, () => ({ officeRearmed: true }))
  expect(told.filter((one) => 'leftOut' in one).map(({ about }) => about)).toEqual(['office'])
  expect(told.filter((one) => 'args' in one && JSON.stringify(one.args).includes('office'))).toEqual([])
})

test('a server is asked for the vDisk that is named, else for that of the device', () => {
  const disks = [{ site: 'Main', store: 'Store1', name: 'W11' }]
  const guid = '6f2c1c1e-3f4a-4a58-9a83-0d9f6c1f6c11'
  const device = (question: Question) => (question.op === 'Get-VdpDeviceState' ? { device: { disks: [{ guid }] } } : undefined)
  const disk = (subjects: Partial<Subjects>) =>
    asked('pvs', { ...NOTHING, devices: ['W11-MASTER'], ...subjects }, device).flatMap((one) =>
      one.op === 'Get-VdpDiskState' && 'args' in one ? [one.args] : [],
    )
  expect(disk({ disks })).toEqual(disks)
  expect(disk({})).toEqual([{ guid }])
})
