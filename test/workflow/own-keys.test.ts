import { describe, expect, test } from '@jest/globals'
import { lastFive } from '../../src/licensing/channel.ts'
import { isNearlyPublic, ownKeysOf, withOwnKeys } from '../../src/workflow/own-keys.ts'
import { w11, workspace } from './workspace.ts'

const OWN = 'BBBBB-CCCCC-DDDDD-FFFFF-GGGGG'
const PUBLIC = 'NPPR9-FWDCX-D2C8J-H872K-2YT43'

function planOf(text: string) {
  const files = workspace({ 'w11.yaml': w11(text) })
  const [plan] = files.read('w11.yaml').plans
  files.remove()
  if (plan === undefined) throw new Error('no plan')
  return plan
}

describe('keys of a site of its own', () => {
  const plan = planOf('windows: { key: "env:SITE" }\noffice: { keys: { VisioPro2021Volume: "file:keys/visio" } }\n')

  test('a plan names where they are found, files by their whole path, and shows nothing of them', () => {
    const [windows, office] = ownKeysOf(plan)
    expect(windows).toEqual({ at: 'windows.key', reference: 'env:SITE' })
    expect(office).toEqual({ at: 'office.keys.VisioPro2021Volume', reference: expect.stringMatching(/^file:\/.*keys\/visio$/) })
    expect(lastFive(plan.windows.key ?? '')).toBe('?????')
  })

  test('once read, the last five stand beside the reference; a public one stands in clear', () => {
    const visio = ownKeysOf(plan)[1]?.reference ?? ''
    const read = withOwnKeys(
      plan,
      new Map([
        ['env:SITE', OWN],
        [visio, 'FTNWT-C6WBT-8HMGF-K9PRX-QV9H8'],
      ]),
    )
    expect(read.windows.key).toBe('env:SITE ...GGGGG')
    expect(lastFive(read.windows.key ?? '')).toBe('GGGGG')
    expect(read.office.keys).toEqual({ VisioPro2021Volume: 'FTNWT-C6WBT-8HMGF-K9PRX-QV9H8' })
    expect(ownKeysOf(read)).toEqual([{ at: 'windows.key', reference: 'env:SITE' }])
  })

  test.each([
    ['BBBBB-CCCCC-DDDDD-FFFFF-GGGG', 'group 5 is 1 short'],
    ['BBBBB-CCCCC-DDDDD-FFFFF', 'it has 4 groups instead of 5'],
    ['FXYTK-NJJ8C-GB6DW-3DYQT-6F7TH', 'it is the key of Office LTSC 2021 Professional Plus'],
  ])('%s is refused without being named', (value, why) => {
    const read = () => withOwnKeys(plan, new Map([['env:SITE', value]]))
    expect(read).toThrow(
      expect.objectContaining({ code: 'KEY_UNUSABLE', details: { at: 'windows.key', reference: 'env:SITE', why } }),
    )
  })

  test('only a public key, or a slip of one, counts as public', () => {
    expect([PUBLIC, 'nppr9-fwdcx-d2c8j-h872k-2yt4o'].map(isNearlyPublic)).toEqual([true, true])
    expect([OWN, '', 'x'.repeat(100_000)].map(isNearlyPublic)).toEqual([false, false, false])
  })
})
