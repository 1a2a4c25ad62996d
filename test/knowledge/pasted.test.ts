import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { lookUp } from '../../src/knowledge/lookup.ts'

/** A short quote of a public thread or page, with its place; `expected` is an id, or several that are as right. */
interface Pasted {
  readonly text: string
  readonly expected: string
  readonly source: string
}

const { ours, others } = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/pasted.json'), 'utf8')) as {
  ours: readonly Pasted[]
  others: readonly Pasted[]
}

test('error texts as people paste them: at least 38 of 40 are right at first rank', () => {
  const wrong = ours.filter(({ text, expected }) => {
    const answer = lookUp(text)
    return answer.is !== 'known' || !expected.split('|').includes(answer.entries[0]?.id ?? '')
  })
  process.stdout.write(`explain: ${ours.length - wrong.length} of ${ours.length} pasted texts right at first rank\n`)
  expect(ours.length).toBeGreaterThanOrEqual(40)
  expect(wrong.length).toBeLessThanOrEqual(Math.floor(ours.length / 20))
})

test('look-alikes of other products are told as not ours, all of them', () => {
  const taken = others.filter(({ text }) => lookUp(text).is !== 'foreign')
  process.stdout.write(`explain: ${others.length - taken.length} of ${others.length} look-alikes told as not ours\n`)
  expect(others.length).toBeGreaterThanOrEqual(10)
  expect(taken).toEqual([])
})

test('each text says where it was found', () => {
  expect([...ours, ...others].filter(({ source }) => !/^https?:\/\//.test(source))).toEqual([])
})
