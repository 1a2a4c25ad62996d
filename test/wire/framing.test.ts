import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { decodeFrame, decodeLine, encodeFrame, encodeLine } from '../../src/wire/framing.ts'

const NONCE = '0123456789abcdef0123456789abcdef'

describe('framing', () => {
  test('any JSON survives both directions as one line of ASCII', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const meant = JSON.parse(JSON.stringify(value)) as unknown
        const line = encodeLine(value)
        expect(line).toMatch(/^[\x20-\x7e]+\n$/)
        expect(decodeLine(line)).toEqual(meant)
        expect(decodeFrame(encodeFrame(NONCE, value), NONCE)).toEqual({ is: 'frame', message: meant })
      }),
    )
  })

  test('what a login shell or a script prints is noise, never an answer', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(decodeFrame(text, NONCE).is).not.toBe('frame')
      }),
    )
  })

  test('a frame under another nonce is told apart from noise', () => {
    expect(decodeFrame(encodeFrame(NONCE.replaceAll('0', 'f'), 1), NONCE)).toEqual({ is: 'foreign' })
  })

  test('a frame cut in the middle is noise', () => {
    const line = encodeFrame(NONCE, { answer: 'something long enough to be cut' })
    expect(decodeFrame(line.slice(0, -20), NONCE).is).toBe('noise')
  })
})
