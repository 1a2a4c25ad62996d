import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { canonicalJson } from '../../src/store/canonical.ts'
import { chainHash, chainStart, followChain, type WrittenLine } from '../../src/store/chain.ts'

const text = fc.jsonValue().map(canonicalJson)
const entry = fc.record({ type: fc.string(), at: fc.nat(), body: text })
type Entry = Omit<WrittenLine, 'run' | 'seq' | 'hash'>

function chained(entries: readonly Entry[], run = '8k2'): { lines: WrittenLine[]; end: { seq: number; head: string } } {
  let head = chainStart(run)
  const lines = entries.map((written, index) => {
    head = chainHash(head, { run, seq: index + 1, ...written })
    return { run, seq: index + 1, ...written, hash: head }
  })
  return { lines, end: { seq: lines.length, head } }
}

/** A journal of at least `minLength` lines and the place of one of them. */
function journalAndPlace(minLength = 1) {
  return fc
    .array(entry, { minLength, maxLength: 12 })
    .chain((entries) => fc.record({ entries: fc.constant(entries), place: fc.nat({ max: entries.length - 1 }) }))
}

describe('the chain', () => {
  test('of lines as written is whole', () => {
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const { lines, end } = chained(entries)
        expect(followChain('8k2', lines, end)).toEqual({ lines: entries.length, head: end.head })
      }),
    )
  })

  test('hashes each line as one canonical text after the hash before it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(), fc.nat(), fc.jsonValue(), (run, type, seq, at, body) => {
        const whole = `${chainStart(run)}\n${canonicalJson({ run, seq, type, at, body })}`
        const hash = createHash('sha256').update(whole, 'utf8').digest('hex')
        expect(chainHash(chainStart(run), { run, seq, type, at, body: canonicalJson(body) })).toBe(hash)
      }),
    )
  })

  test('names the line in which any one field was altered', () => {
    const change = fc.oneof(
      fc.record({ type: fc.string() }),
      fc.record({ at: fc.nat() }),
      fc.record({ body: text }),
      fc.record({ hash: fc.stringMatching(/^[0-9a-f]{64}$/) }),
      fc.record({ run: fc.string() }),
    )
    fc.assert(
      fc.property(journalAndPlace(), change, ({ entries, place }, altered) => {
        const { lines, end } = chained(entries)
        const before = lines[place]
        fc.pre(canonicalJson(before) !== canonicalJson({ ...before, ...altered }))
        const tampered = lines.map((line, index) => (index === place ? { ...line, ...altered } : line))
        expect(followChain('8k2', tampered, end)).toMatchObject({ broken: place + 1 })
      }),
    )
  })

  test('names the line that was removed, wherever it stood', () => {
    fc.assert(
      fc.property(journalAndPlace(), ({ entries, place }) => {
        const { lines, end } = chained(entries)
        expect(followChain('8k2', lines.toSpliced(place, 1), end)).toEqual({ broken: place + 1, why: 'it is missing' })
      }),
    )
  })

  test('names a line that was removed although the rest was numbered anew', () => {
    fc.assert(
      fc.property(journalAndPlace(), ({ entries, place }) => {
        const { lines, end } = chained(entries)
        const renumbered = lines.toSpliced(place, 1).map((line, index) => ({ ...line, seq: index + 1 }))
        expect(followChain('8k2', renumbered, end)).toMatchObject({ broken: place + 1 })
      }),
    )
  })

  test('names the first of two lines that changed places', () => {
    fc.assert(
      fc.property(journalAndPlace(2), fc.nat(), ({ entries, place }, step) => {
        const { lines, end } = chained(entries)
        const there = (place + 1 + (step % (lines.length - 1))) % lines.length
        const [one, two] = [lines[place], lines[there]]
        if (one === undefined || two === undefined) throw new Error('no such place')
        const swapped = lines.map((line) =>
          line === one ? { ...two, seq: one.seq } : line === two ? { ...one, seq: two.seq } : line,
        )
        expect(followChain('8k2', swapped, end)).toMatchObject({ broken: Math.min(place, there) + 1 })
      }),
    )
  })

  test('names the line that was put in', () => {
    fc.assert(
      fc.property(journalAndPlace(), entry, ({ entries, place }, extra) => {
        const { lines, end } = chained(entries)
        fc.pre(canonicalJson(extra) !== canonicalJson(entries[place]))
        const put = { run: '8k2', seq: place + 1, ...extra, hash: lines[place]?.hash ?? '' }
        const moved = lines.slice(place).map((line) => ({ ...line, seq: line.seq + 1 }))
        expect(followChain('8k2', [...lines.slice(0, place), put, ...moved], end)).toMatchObject({ broken: place + 1 })
      }),
    )
  })

  test('names the line after one that was put in and chained by the rules: the first that does not fit', () => {
    fc.assert(
      fc.property(journalAndPlace(), entry, ({ entries, place }, extra) => {
        const { lines, end } = chained(entries)
        const content = { run: '8k2', seq: place + 1, ...extra }
        fc.pre(canonicalJson(extra) !== canonicalJson(entries[place]))
        const forged = { ...content, hash: chainHash(lines[place - 1]?.hash ?? chainStart('8k2'), content) }
        const moved = lines.slice(place).map((line) => ({ ...line, seq: line.seq + 1 }))
        const result = followChain('8k2', [...lines.slice(0, place), forged, ...moved], end)
        expect(result).toMatchObject({ broken: place + 2 })
      }),
    )
  })

  test('names what was added after the last committed line', () => {
    const { lines, end } = chained([{ type: 'a', at: 1, body: 'null' }])
    const content = { run: '8k2', seq: 2, type: 'b', at: 2, body: 'null' }
    const added = { ...content, hash: chainHash(end.head, content) }
    expect(followChain('8k2', [...lines, added], end)).toMatchObject({ broken: 2 })
  })

  test('that was made anew to its end does not fit what the run keeps of its last line', () => {
    const { end } = chained([{ type: 'a', at: 1, body: '"true"' }])
    const { lines } = chained([{ type: 'a', at: 1, body: '"forged"' }])
    expect(followChain('8k2', lines, end)).toMatchObject({ broken: 1 })
  })

  test('of one run does not fit another', () => {
    const { lines, end } = chained([{ type: 'a', at: 1, body: 'null' }], '8k2')
    const elsewhere = lines.map((line) => ({ ...line, run: '8k3' }))
    expect(followChain('8k3', elsewhere, end)).toMatchObject({ broken: 1 })
  })
})

describe('canonical JSON', () => {
  test('does not depend on the order in which keys were written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const backwards = Object.fromEntries(Object.entries(value).reverse())
        expect(canonicalJson(backwards)).toBe(canonicalJson(value))
      }),
    )
  })

  test('says the same as JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('sorts keys as texts, also those that look like numbers', () => {
    expect(canonicalJson({ b: [{ z: 1, a: undefined }], 9: 1, 10: 2 })).toBe('{"10":2,"9":1,"b":[{"z":1}]}')
    expect(canonicalJson(undefined)).toBe('null')
  })
})
