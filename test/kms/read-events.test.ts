import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Batch } from '../../src/kms/batch.ts'
import { readEvents } from '../../src/kms/read-events.ts'
import { REQUESTS_HEADER, requestRow } from '../../src/kms/report-csv.ts'
import type { KmsRequest } from '../../src/kms/request.ts'
import { cmid, ENTERPRISE, eventXml, OFFICE, request, SERVER, type Form } from './events.ts'

type Encoding = 'utf8' | 'utf8-mark' | 'utf16' | 'utf16-mark'

function bytes(text: string, encoding: Encoding = 'utf8'): Buffer {
  if (encoding === 'utf8') return Buffer.from(text)
  if (encoding === 'utf8-mark') return Buffer.from(`\uFEFF${text}`)
  return Buffer.from(encoding === 'utf16' ? text : `\uFEFF${text}`, 'utf16le')
}

async function* inPieces(all: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < all.length; at += size) yield await Promise.resolve(all.subarray(at, at + size))
}

/** Everything that is read from bytes that come in pieces of a size. */
async function read(all: Buffer, size = 1000): Promise<Batch> {
  const whole = { requests: [] as KmsRequest[], damage: [] as Batch['damage'][number][], others: 0 }
  for await (const batch of readEvents('kms.xml', inPieces(all, size))) {
    whole.requests.push(...batch.requests)
    whole.damage.push(...batch.damage)
    whole.others += batch.others
  }
  return whole
}

const requests = fc.record({
  at: fc.integer({ min: Date.UTC(2010, 0), max: Date.UTC(2040, 0) }),
  clock: fc.constant('host' as const),
  host: fc.constantFrom('kms01.contoso.com', 'KMS-Ä & <Co>'),
  record: fc.option(fc.nat()),
  code: fc.constantFrom('0x00000000', '0xC004F042', '0xC004F06C'),
  minimum: fc.constantFrom(25, 5, null),
  client: fc.constantFrom('w11-01.contoso.com', 'W11-02', "O'Brien & Söhne", '=cmd|x'),
  cmid: fc.nat({ max: 0xffff }).map(cmid),
  status: fc.integer({ min: 0, max: 6 }),
  minutes: fc.option(fc.nat({ max: 300_000 })),
  activationId: fc.constantFrom(ENTERPRISE, OFFICE, SERVER),
}) satisfies fc.Arbitrary<KmsRequest>

const form = fc.constantFrom<Form>('one', 'several', 'rendered')
const encoding = fc.constantFrom<Encoding>('utf8', 'utf8-mark', 'utf16', 'utf16-mark')

const wrapped = fc.constantFrom(
  (events: readonly string[]) => events.join(''),
  (events: readonly string[]) => events.map((one) => `${one}\r\n`).join(''),
  (events: readonly string[]) => `<?xml version="1.0" encoding="utf-8"?>\r\n<Events>${events.join('\n')}</Events>\r\n`,
)

describe('events of a KMS host', () => {
  test('whatever is written is read back: any form, root, encoding and size of pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(requests, form), { minLength: 1, maxLength: 8 }),
        wrapped,
        encoding,
        fc.integer({ min: 1, max: 5000 }),
        async (all, wrap, how, size) => {
          const whole = await read(bytes(wrap(all.map(([one, as]) => eventXml(one, as))), how), size)
          expect(whole).toEqual({ requests: all.map(([one]) => one), damage: [], others: 0 })
        },
      ),
      { numRuns: 150 },
    )
  })

  test('a file that was cut anywhere gives every whole event before the cut, counted damage for the rest, and never a crash', async () => {
    const all = [1, 2, 3].map((n) => request({ record: n, cmid: cmid(n) }))
    const text = all.map((one) => `${eventXml(one)}\r\n`).join('')
    const ends = [...text.matchAll(/<\/Event>/g)].map((found) => found.index + '</Event>'.length)
    for (let cut = 1; cut < text.length; cut += 1) {
      const whole = await read(bytes(text.slice(0, cut)), 300)
      const before = ends.filter((end) => end <= cut).length
      const nothing = text.slice(ends[before - 1] ?? 0, cut).trim() === ''
      expect(whole.requests).toEqual(all.slice(0, before))
      expect(whole.damage.map(({ line, what }) => [line, what])).toEqual(nothing ? [] : [[before + 1, 'the event has no end']])
    }
  })

  test('one damaged byte costs at most the event it is in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom('<', '>', '&', ' ', 'x', '\0'), form, async (where, with_, as) => {
        const texts = [1, 2, 3].map((n) => `${eventXml(request({ record: n, cmid: cmid(n) }), as)}\r\n`)
        const middle = texts[1] ?? ''
        const at = where % (middle.length - 2)
        const hurt = `${texts[0] ?? ''}${middle.slice(0, at)}${with_}${middle.slice(at + 1)}${texts[2] ?? ''}`
        const { requests: found, damage, others } = await read(bytes(hurt))
        expect(found.map(({ record }) => record)).toEqual(expect.arrayContaining([1, 3]))
        expect(found.length + others + damage.length).toBeGreaterThanOrEqual(3)
      }),
      { numRuns: 300 },
    )
  })

  test('what is no request is counted, what is damaged is named by its line', async () => {
    const lines = [
      eventXml(request({ record: 1 })),
      eventXml(request({ record: 2 }), 'one', 12_294),
      eventXml(request({ record: 3 })).replace('73111121-', '7311112-'),
      eventXml(request({ record: 4 })).replace(/SystemTime='[^']*'/, "SystemTime='yesterday'"),
      eventXml(request({ record: 5 })).replace('<Computer>', '<Computer>&kms;'),
      'wevtutil: something else',
      eventXml(request({ record: 6 })),
    ]
    const { requests: found, damage, others } = await read(bytes(lines.join('\r\n')))
    expect([found.map(({ record }) => record), others]).toEqual([[1, 6], 1])
    expect(damage).toMatchObject([
      { source: 'kms.xml', line: 3, what: 'event 12290 without the fields of a request' },
      { line: 4, what: 'event 12290 without a time that can be read (yesterday)' },
      { line: 5, what: expect.stringContaining('not well-formed') },
      { line: 6, what: 'text that belongs to no event' },
    ])
  })

  test('every event that has no end is counted for itself', async () => {
    const [whole, open] = [eventXml(request()), eventXml(request()).slice(0, 300)]
    const { requests: found, damage } = await read(bytes([open, open, whole, open, open].join('\n')))
    expect([found.length, damage.map(({ line }) => line)]).toEqual([1, [1, 2, 4, 5]])
  })

  test('an event without end does not swallow the file', async () => {
    const endless = `<Event xmlns='x'>${'no end '.repeat(400_000)}\r\n`
    const { requests: found, damage } = await read(bytes(`${endless}${eventXml(request())}`), 65_536)
    expect([found.length, damage.length]).toEqual([1, 2])
  })

  test('the sample that Microsoft prints', async () => {
    const sample =
      '0xC004F06C,5,CLIENT,36f27b39-2fd5-440b-be67-a09996d27a38,2010/9/29 21:46,0,2,41520,68531fb9-5511-4989-97be-d11a0f55633f'
    const { requests: found } = await read(bytes(eventXml(request()).replace(/<Data>.*<\/Data>/, `<Data>${sample}</Data>`)))
    expect(found).toMatchObject([{ code: '0xC004F06C', minimum: 5, client: 'CLIENT', status: 2, minutes: 41_520 }])
  })
})

describe('a table of requests', () => {
  test('what is written with --events is read back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(requests, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 999 }),
        async (all, size) => {
          const plain = all.map((one) => ({ ...one, client: one.client.replace('=', '') }))
          const whole = await read(bytes(REQUESTS_HEADER + plain.map(requestRow).join('')), size)
          expect(whole).toEqual({ requests: plain, damage: [], others: 0 })
        },
      ),
      { numRuns: 60 },
    )
  })

  test('a name that begins like a formula is kept from being one', () => {
    expect(requestRow(request({ client: '=cmd|x' }))).toContain(",'=cmd|x,")
  })

  test('Export-Csv with the message; a time that says no zone is not guessed at', async () => {
    const message = `An activation request has been processed.\r\nInfo:\r\n0x0,25,W11-01,${cmid(1)},2026/11/2 8:05,1,2,43200,${ENTERPRISE}`
    const table = [
      '#TYPE Selected.System.Diagnostics.Eventing.Reader.EventLogRecord',
      '"TimeCreated";"Id";"MachineName";"Message"',
      `"02.11.2026 09:05:07";"12290";"kms01";"${message}"`,
      `"02.11.2026 09:05:08";"12294";"kms01";"Publishing"`,
      `"2026-11-02T08:05:07Z";"12290";"kms01";"${message}"`,
      `"02.11.2026 09:05:08";"12290";"kms01";"something else"`,
    ].join('\r\n')
    const { requests: found, damage, others } = await read(bytes(table, 'utf16-mark'))
    expect(found).toMatchObject([
      { at: Date.UTC(2026, 10, 2, 8, 5), clock: 'client', host: 'kms01', client: 'W11-01' },
      { at: Date.UTC(2026, 10, 2, 8, 5, 7), clock: 'host' },
    ])
    expect([others, damage.map(({ what }) => what)]).toEqual([1, ['a row without the fields of a request']])
  })

  test('a table that was cut anywhere never crashes and loses nothing before the cut', async () => {
    const rows = [1, 2, 3].map((n) => requestRow(request({ record: n, cmid: cmid(n), client: 'a "quoted" name' })))
    const text = REQUESTS_HEADER + rows.join('')
    for (let cut = REQUESTS_HEADER.length + 1; cut < text.length; cut += 1) {
      const { requests: found, damage } = await read(bytes(text.slice(0, cut)), 200)
      const before = rows.filter((_, at) => REQUESTS_HEADER.length + rows.slice(0, at + 1).join('').length <= cut + 2).length
      expect(found.length).toBe(before)
      expect(found.length + damage.length).toBeGreaterThanOrEqual(Math.min(3, before))
    }
  })
})

describe('what is no file of events', () => {
  test.each([
    ['evtx', Buffer.from('ElfFile\0\0\0')],
    ['clixml', Buffer.from('<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">')],
    ['clixml', Buffer.from('#< CLIXML\r\n<Objs Version="1.1.0.1">')],
    ['empty', Buffer.from('')],
    ['empty', Buffer.from('\uFEFF  \r\n', 'utf16le')],
    ['other', Buffer.from('just words')],
    ['other', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0])],
  ])('%s is told apart', async (is, all) => {
    await expect(read(all)).rejects.toMatchObject({ name: 'NoEvents', form: is })
  })
})
