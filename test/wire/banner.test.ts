import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { decodeBanner, encodeBanner } from '../../src/wire/banner.ts'
import type { Banner } from '../../src/wire/messages.ts'

const banners: fc.Arbitrary<Banner> = fc.record({
  powershell: fc.stringMatching(/^[0-9]{1,2}(\.[0-9]{1,5}){1,3}$/),
  language: fc.constantFrom('FullLanguage', 'ConstrainedLanguage', 'RestrictedLanguage', 'NoLanguage'),
  bits: fc.constantFrom(32, 64),
  os: fc.constantFrom(32, 64),
  elevated: fc.boolean(),
})

describe('the first line of a session', () => {
  test('it reads back as it was said', () => {
    fc.assert(
      fc.property(banners, (banner) => {
        expect(decodeBanner(encodeBanner(banner))).toEqual(banner)
      }),
    )
  })

  test('a host on Windows 11 fits into 80 columns', () => {
    const said = encodeBanner({
      powershell: '5.1.26100.12345',
      language: 'ConstrainedLanguage',
      bits: 32,
      os: 32,
      elevated: true,
    })
    expect(said.length).toBeLessThanOrEqual(80)
  })

  test('what is not such a line is none', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(decodeBanner(text)).toBeUndefined()
      }),
    )
    expect(decodeBanner('VDP-HELLO')).toBeUndefined()
    expect(decodeBanner('VDP-HELLO ps=5.1 lang=Full bits=64 elevated=1')).toBeUndefined()
  })
})
