import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readLines } from '../../../src/remote/session/lines.ts'

async function read(chunks: readonly string[], limit: number): Promise<{ lines: string[]; flooded: boolean }> {
  const stream = new PassThrough()
  const seen: { lines: string[]; flooded: boolean } = { lines: [], flooded: false }
  readLines(
    stream,
    limit,
    (line) => seen.lines.push(line),
    () => {
      seen.flooded = true
    },
  )
  for (const chunk of chunks) stream.write(chunk)
  stream.end()
  await finished(stream)
  return seen
}

test('however a stream is cut into chunks, the lines are the same, and an unfinished one is none', async () => {
  const ascii = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\r', '\n'), minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(fc.array(ascii), async (chunks) => {
      expect(await read(chunks, 1000)).toEqual({ lines: chunks.join('').split('\n').slice(0, -1), flooded: false })
    }),
  )
})

test('a line over the limit ends the reading: nothing of it and nothing after it is told', async () => {
  expect(await read(['one\n', 'x'.repeat(6), 'x'.repeat(6), '\ntwo\n'], 10)).toEqual({ lines: ['one'], flooded: true })
  expect(await read(['one\ntwo\nelevenchars\nthree\n'], 10)).toEqual({ lines: ['one', 'two'], flooded: true })
  expect(await read(['tenletters\n'], 10)).toEqual({ lines: ['tenletters'], flooded: false })
})
