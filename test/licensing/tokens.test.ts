import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { cleaningWanted } from '../../src/licensing/tokens.ts'

const question = fc.record({
  build: fc.constantFrom(7601, 9200, 9600, 14393, 19045, 22631, 26100),
  officeShares: fc.boolean(),
  queryAnswers: fc.boolean(),
  riskAccepted: fc.boolean(),
})

describe('whether the licence store is rebuilt', () => {
  test("a store that holds Office's licences is never rebuilt unless the workflow accepts what is lost", () => {
    fc.assert(
      fc.property(
        question,
        fc.constantFrom('auto' as const, 'always' as const, 'ifBroken' as const, 'never' as const),
        (asked, policy) => {
          const { clean, risk } = cleaningWanted({ ...asked, policy })
          if (clean && asked.officeShares) expect(risk).toBe(asked.riskAccepted ? null : 'officeLicences')
          else expect(risk).toBeNull()
        },
      ),
    )
  })

  test("by itself a healthy store is rebuilt only in the article's world, Windows 7 and Server 2008 R2", () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { clean } = cleaningWanted({ ...asked, queryAnswers: true, policy: 'auto' })
        expect(clean).toBe(asked.build < 9200 && !asked.officeShares)
      }),
    )
  })
})
