import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { editDistance, nearest } from '../../src/workflow/nearest.ts'
import { durationMs, meantDuration, meantSize, sizeMiB } from '../../src/workflow/units.ts'

describe('units', () => {
  test.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['2h30m', 9_000_000],
    ['500ms', 500],
    ['1d', 86_400_000],
  ])('%s is %i ms', (text, ms) => {
    expect(durationMs(text)).toBe(ms)
  })

  test.each(['30', '', '1.5h', '30m2h', '3 m', '-1m', 'm', '1h1h', '٣m'])('"%s" is no duration', (text) => {
    expect(durationMs(text)).toBeUndefined()
  })

  test.each([
    ['4096MiB', 4096],
    ['80GiB', 81_920],
    ['1TiB', 1_048_576],
  ])('%s is %i MiB', (text, size) => {
    expect(sizeMiB(text)).toBe(size)
  })

  test.each(['80', '80GB', '80 GiB', '1.5GiB', '80gib', 'GiB'])('"%s" is no size', (text) => {
    expect(sizeMiB(text)).toBeUndefined()
  })

  test('what is suggested instead of a slip is itself right', () => {
    fc.assert(
      fc.property(fc.nat(999), fc.constantFrom('min', ' min', ' hours', 'sec', 'H', 'd', ' m'), (count, unit) => {
        const meant = meantDuration(`${count}${unit}`)
        expect(meant === null || durationMs(meant) !== undefined).toBe(true)
      }),
    )
    fc.assert(
      fc.property(fc.nat(999), fc.constantFrom('', 'GB', ' gib', 'G', 'mb', 'T', 'x'), (count, unit) => {
        const meant = meantSize(`${count}${unit}`)
        expect(meant === null || sizeMiB(meant) !== undefined).toBe(true)
      }),
    )
    expect(meantDuration('1.5h')).toBe('1h30m')
    expect(meantDuration('30')).toBe('30s" or "30m')
    expect(meantSize('2048')).toBe('2048MiB')
  })
})

describe('the nearest word', () => {
  test('is at most a third away; swapped neighbours count once', () => {
    expect(nearest('tragte', ['target', 'title'])).toBe('target')
    expect(nearest('TARGET', ['target'])).toBe('target')
    expect(nearest('colour', ['machine', 'port'])).toBeUndefined()
    expect(editDistance('traget', 'target')).toBe(1)
  })

  test('distance is symmetric, zero for the same word, and never above the longer word', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, a)).toBe(0)
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
      }),
    )
  })
})
