import { expect, test } from '@jest/globals'
import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { installOfficeKey } from '../../src/procedure/steps/office/installOfficeKey.ts'
import { healthy } from '../diagnosis/healthy-look.ts'
import { judged } from './sight.ts'

const LEFT_ALONE = 'OSPPREARM was begun and did not end: the licences of Office are left alone'

/** What an agent answers of Office while the marker of a begun Office rearm stands. */
function unfinished() {
  const look = healthy()
  const unread = { unknown: LEFT_ALONE }
  const query = { answers: false, code: '', message: LEFT_ALONE } as const
  Object.assign(look.target.office, { query, products: unread, cmid: unread, rearmsLeft: unread })
  return look
}

test('step 6 tells a begun Office rearm as what is not known, not as a broken licence store', () => {
  const { target } = unfinished()
  const officeInstalls = healthy().target.office.installs
  expect(judged(installOfficeKey, { now: { target }, memory: { officeInstalls } })).toMatchObject({
    is: 'hold',
    fault: { code: 'OUTCOME_UNKNOWN', details: { act: 'rearm Office', why: LEFT_ALONE } },
  })
})

test('the doctor sends to the run that began it, and never to a repair of Office', () => {
  const finding = diagnose(unfinished(), ['office.query']).find(({ check }) => check === 'office.query')
  expect(finding).toMatchObject({ verdict: 'warn', says: expect.stringContaining(LEFT_ALONE) })
  expect(finding?.remedy.join(' ')).toMatch(/vdiskprep list.*no restart/)
  expect(finding?.remedy.join(' ')).not.toContain('Repair')
})
