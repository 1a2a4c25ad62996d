import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { chooseOrder } from '../../src/licensing/order.ts'

const installs = fc.array(fc.record({ service: fc.constantFrom('sppsvc' as const, 'osppsvc' as const) }), { maxLength: 4 })

describe('the order of steps 5, 6 and 7', () => {
  test("is 6-7-5 as soon as one Office shares the service of Windows, and the article's order otherwise", () => {
    fc.assert(
      fc.property(installs, (found) => {
        const shared = found.some(({ service }) => service === 'sppsvc')
        expect(chooseOrder('auto', found)).toMatchObject({ sequence: shared ? 'officeFirst' : 'article', risk: null })
      }),
    )
  })

  test("can be forced to the article's on a shared service only at a risk that the workflow accepts", () => {
    fc.assert(
      fc.property(installs, (found) => {
        const shared = found.some(({ service }) => service === 'sppsvc')
        expect(chooseOrder('article', found).risk).toBe(shared ? 'order' : null)
      }),
    )
  })

  test('always says why', () => {
    fc.assert(
      fc.property(fc.constantFrom('auto' as const, 'article' as const, 'officeFirst' as const), installs, (wanted, found) => {
        expect(chooseOrder(wanted, found).because).not.toBe('')
      }),
    )
  })
})
