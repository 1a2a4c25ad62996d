import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { hasSealNote, rearmWanted, SEAL_NOTE } from '../../src/licensing/rearm.ts'

const question = fc.record({
  purpose: fc.constantFrom('newImage' as const, 'repair' as const, 'update' as const),
  sealedBefore: fc.boolean(),
  officeChanged: fc.boolean(),
  duplicatesFound: fc.boolean(),
  forMak: fc.constant(false),
})

describe('whether a run spends a rearm', () => {
  test('never on a disk that is sealed for MAK, whatever the workflow says', () => {
    fc.assert(
      fc.property(question, fc.constantFrom('always' as const, 'never' as const, 'auto' as const), (asked, policy) => {
        expect(rearmWanted({ ...asked, policy, forMak: true }).wanted).toBe(false)
      }),
    )
  })

  test('is what the workflow says when it says always or never', () => {
    fc.assert(
      fc.property(question, (asked) => {
        expect(rearmWanted({ ...asked, policy: 'never' }).wanted).toBe(false)
        expect(rearmWanted({ ...asked, policy: 'always' }).wanted).toBe(true)
      }),
    )
  })

  test('by itself it is left out only at a plain update of an image that carries a seal note and shows no trouble', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const plain = asked.purpose === 'update' && asked.sealedBefore && !asked.officeChanged && !asked.duplicatesFound
        expect(rearmWanted({ ...asked, policy: 'auto' }).wanted).toBe(!plain)
      }),
    )
  })

  test('a seal note is found wherever it stands in the free text of the disk', () => {
    expect(hasSealNote(`by maria; ${SEAL_NOTE}; Windows rearm 3 left before`)).toBe(true)
    expect(hasSealNote('sealed by hand')).toBe(false)
  })
})
