import { expect, test } from '@jest/globals'
import { findKnown } from '../../src/diagnosis/known-codes.ts'

test.each([
  ['0xC004F074', '0xC004F074'],
  ['c004f074', '0xC004F074'],
  ['Error: 0xC004F074 The Software Licensing Service reported that the computer could not be activated.', '0xC004F074'],
  ["Run 'slui.exe 0x2a 0x8007232B' to display the error text.", '0x8007232B'],
  ['as scripts of Windows print it: -1073418124', '0xC004F074'],
  ['as a number without a sign: 3221549172', '0xC004F074'],
  ['209', '209'],
  ['Error 87', '87'],
  ['returned code: 209.', '209'],
  ['An unexpected MAP error occurred', '24'],
])('%s is known as %s', (said, code) => {
  expect(findKnown(said).map((known) => known.code)).toEqual([code])
})

test.each(['', '87 machines are on', 'Product activated successfully', '12345678901'])(
  '"%s" is no error that is known',
  (said) => {
    expect(findKnown(said)).toEqual([])
  },
)
