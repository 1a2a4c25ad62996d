import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { bundleOf } from '../../../src/remote/session/bundle.ts'
import { decodeLine } from '../../../src/wire/framing.ts'
import { bundlePart } from '../../../src/wire/messages.ts'

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

test('the parts of a bundle carry exactly its bytes, in numbered lines of at most 16 KiB', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 400 }), (text, times) => {
      const whole = text.repeat(times)
      const bundle = bundleOf(whole)
      const parts = bundle.parts.map(({ line, sha256: hash }, n) => {
        expect(line.length).toBeLessThanOrEqual(16 * 1024)
        const part = bundlePart.parse(decodeLine(line))
        const bytes = Buffer.from(part.content, 'base64')
        expect([part.n, hash]).toEqual([n, sha256(bytes)])
        return bytes
      })
      expect(Buffer.concat(parts).toString('utf8')).toBe(Buffer.from(whole, 'utf8').toString('utf8'))
      expect(bundle.sha256).toBe(sha256(Buffer.concat(parts)))
    }),
  )
})

test('even an empty bundle has one part, after which the host can welcome', () => {
  expect(bundleOf('').parts).toHaveLength(1)
})
