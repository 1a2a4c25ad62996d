import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { machineNames } from '../../src/kms/machine-names.ts'
import { reportHtml } from '../../src/kms/page/html.ts'
import { productOf } from '../../src/kms/products.ts'
import { remembered } from '../../src/kms/remembered.ts'
import { reportOf } from '../../src/kms/report.ts'
import { machinesCsv } from '../../src/kms/report-csv.ts'
import { kmsReport, type KmsReport } from '../../src/kms/report-shape.ts'
import { withKnown } from '../../src/kms/known.ts'
import { headline, meaningOf, seenWords } from '../../src/kms/report-words.ts'
import type { KmsRequest } from '../../src/kms/request.ts'
import { Tally } from '../../src/kms/tally.ts'
import ids from '../../src/kms/activation-ids.json' with { type: 'json' }
import { cmid, ENTERPRISE, OFFICE, request, SERVER } from './events.ts'

const DAY = 86_400_000
const NOW = Date.parse('2026-11-02T12:00:00Z')
const UNNAMED = '99999999-0000-4000-8000-000000000001'

function report(requests: readonly KmsRequest[], asOf: number | null = NOW): KmsReport {
  const tally = new Tally()
  tally.add({ requests, damage: [], others: 0 }, 'kms01')
  const made = reportOf(tally.done(), ['kms.xml'], { asOf, whole: true })
  if (made === undefined) throw new Error('no request')
  return kmsReport.parse(made)
}

/** A request so many days before now. */
function ago(days: number, own: Partial<KmsRequest> = {}): KmsRequest {
  return request({ at: NOW - days * DAY, ...own })
}

/** Machines with a CMID each, all asking on the same day. */
function fleet(count: number, days: number, own: Partial<KmsRequest> = {}): readonly KmsRequest[] {
  return Array.from({ length: count }, (_, n) => ago(days, { client: `pc-${n}`, cmid: cmid(n), ...own }))
}

describe('shared CMIDs', () => {
  test('clones that show the CMID of their image are the headline', () => {
    const clones = [1, 2, 3].flatMap((n) => [5, 1].map((days) => ago(days, { client: `w11-0${n}`, cmid: cmid(9) })))
    const made = report([...fleet(4, 1), ...clones])
    expect(made.shared).toMatchObject([{ cmid: cmid(9), machines: 3, overlapping: true, products: [ENTERPRISE] }])
    expect(headline(made)).toEqual({
      good: false,
      says: '7 machines are counted as 5: 2 are missing. One CMID is used by several machines: 3 machines count as one.',
    })
    expect(meaningOf(made)).not.toContain('renamed')
  })

  test('one after the other it may be a machine that was renamed, and the report says so', () => {
    const made = report([ago(9, { client: 'old' }), ago(8, { client: 'old' }), ago(2, { client: 'new' })])
    expect(made.shared).toMatchObject([{ overlapping: false }])
    expect(meaningOf(made)).toContain('Or a machine was renamed')
    expect(headline(made).says).not.toContain('missing')
  })

  test.each([
    [['w11-01.contoso.com', 'T1', 'T2'], '; not among these 2 machines: T1, T2'],
    [['W11-01'], ''],
  ])('canaries %j are told apart from the machines that are counted', (canaries, apart) => {
    const made = report([1, 2].flatMap((n) => [5, 1].map((days) => ago(days, { client: `w11-0${String(n)}`, cmid: cmid(9) }))))
    const seen = { run: '8k2mz', vdisk: 'W11', file: 'w11.yaml', says: 'drawn by them', canaries }
    const [one] = withKnown(made, { met: new Map([[cmid(9), seen]]), roles: new Map() }).shared
    expect(one === undefined ? null : seenWords(one)).toBe(`seen in run 8k2mz, vDisk W11: drawn by them${apart}`)
  })

  test('a machine that tells its name in several ways is one machine', () => {
    const made = report([ago(3, { client: 'W11-01' }), ago(2, { client: 'w11-01.contoso.com' }), ago(1, { client: 'w11-01' })])
    expect([made.shared, made.machines]).toEqual([[], 1])
    expect([...machineNames(['a', 'a.x', 'a.y', 'A.X']).values()]).toEqual(['a', 'a.x', 'a.y', 'a.x'])
  })

  test('a clone that draws a new CMID at each boot is one machine with several', () => {
    const made = report([1, 2, 3].map((n) => ago(n, { client: 'w11-01', cmid: cmid(n) })))
    expect([made.shared, made.redrawn, made.machines, made.cmids]).toEqual([[], [{ client: 'w11-01', cmids: 3 }], 1, 3])
  })
})

describe('the count of a host', () => {
  test.each([
    [24, 0, 1],
    [25, 0, 0],
    [25, 30, 25],
    [60, 0, 0],
  ])('%i machines that asked %i days ago: %i missing', (count, days, missing) => {
    const { pools } = report([...fleet(count, days), ago(29, { client: 'last', cmid: cmid(999), code: '0xC004F042' })])
    if (days >= 30) expect(pools).toEqual([])
    else
      expect(pools).toMatchObject([
        {
          pool: 'windows',
          cmids: count,
          count: Math.min(count, 50),
          cap: 50,
          thresholds: [{ of: 'client', missing }, { missing: 0 }],
        },
      ])
  })

  test('Office has a count of its own, servers and clients share one, and each host counts for itself', () => {
    const { pools } = report([
      ...fleet(3, 1),
      ...fleet(2, 1, { activationId: OFFICE, minimum: 5 }),
      ago(1, { client: 'srv', cmid: cmid(77), activationId: SERVER, minimum: 5 }),
      ago(1, { client: 'srv2', cmid: cmid(78), activationId: SERVER, minimum: 5, host: 'kms02' }),
    ])
    expect(pools.map(({ host, pool, cmids, cap }) => [host, pool, cmids, cap])).toEqual([
      ['kms01.contoso.com', 'windows', 4, 50],
      ['kms01.contoso.com', 'office', 2, 10],
      ['kms02', 'windows', 1, 10],
    ])
  })

  test('what becomes of it: machines that ask no more are forgotten after 30 days', () => {
    const { pools } = report([...fleet(20, 3), ...fleet(10, 25).map((one, n) => ({ ...one, cmid: cmid(100 + n) }))])
    expect(pools[0]?.forecast).toEqual([
      { inDays: 0, ifSilent: 30, ifRenewed: 30 },
      { inDays: 7, ifSilent: 20, ifRenewed: 20 },
      { inDays: 14, ifSilent: 20, ifRenewed: 20 },
      { inDays: 30, ifSilent: 0, ifRenewed: 20 },
    ])
    expect(pools[0]?.thresholds).toMatchObject([
      { of: 'client', missing: 0, fallsBelowIfRenewed: '2026-11-07T12:00:00.000Z' },
      { of: 'server', missing: 0, fallsBelowIfRenewed: null, fallsBelowIfSilent: '2026-11-29T12:00:00.000Z' },
    ])
  })

  test('day by day it is what a look at every single day gives', () => {
    const contacts = fc.array(fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 6 }), { maxLength: 8 })
    fc.assert(
      fc.property(contacts, fc.integer({ min: 0, max: 60 }), fc.integer({ min: 60, max: 130 }), (all, from, to) => {
        const plainly = (day: number) => all.filter((days) => days.some((one) => one <= day && day < one + 30)).length
        expect(remembered(all, from, to)).toEqual(Array.from({ length: to - from + 1 }, (_, n) => plainly(from + n)))
      }),
    )
  })
})

describe('the report', () => {
  test('machines without a request for 30 days, refusals, and what stood in two sources', () => {
    const gone = ago(40, { client: 'gone', cmid: cmid(5), record: 1 })
    const refused = ago(1, { client: 'new', cmid: cmid(6), record: 2, code: '0xC004F042' })
    const made = report([gone, refused, gone, { ...gone, host: 'kms02' }])
    expect(made.unseen).toEqual([{ client: 'gone', last: '2026-09-23T12:00:00.000Z', cmid: cmid(5), role: null }])
    expect(made.refused).toEqual([{ code: '0xC004F042', requests: 1, machines: 1 }])
    expect(made.read).toMatchObject({ requests: 3, repeated: 1 })
  })

  test('a product without a name that needs 5 is an Office where its machines are Windows clients', () => {
    const five = { activationId: UNNAMED, minimum: 5 }
    expect(report([ago(1), ago(1, five)]).editions.find(({ name }) => name === null)?.kind).toBe('office')
    expect(report([ago(1, five)]).editions).toMatchObject([{ name: null, kind: 'five', machines: 1 }])
  })

  test('the order of the requests does not matter', () => {
    const all = [...fleet(6, 3), ...fleet(6, 12), ago(1, { client: 'pc-1', cmid: cmid(3), code: '0xC004F06C' })].map(
      (one, n) => ({
        ...one,
        at: one.at + n,
      }),
    )
    const wanted = report(all)
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (some) => expect(report(some)).toEqual(wanted)),
      { numRuns: 30 },
    )
  })

  test('without a day it is told for the newest request', () => {
    expect(report([ago(100), ago(90)], null)).toMatchObject({ asOf: '2026-08-04T12:00:00.000Z', unseen: [] })
  })

  test('every activation id names one row of the key catalogue', () => {
    for (const id of Object.keys(ids)) expect(productOf(id, null)).toMatchObject({ name: expect.any(String) })
    expect(productOf(SERVER, 5)).toMatchObject({ name: 'Windows Server 2022 Standard', kind: 'server' })
    expect(productOf(UNNAMED, 25)).toEqual({ activationId: UNNAMED, name: null, kind: 'client' })
  })

  test('the page has no script and no address, and a name in an event stays a name', () => {
    const page = reportHtml(report([ago(1, { client: '<script>alert(1)</script>' }), ago(1, { client: '=cmd' })]))
    expect(page).not.toMatch(/<script|https?:|url\(|@import/)
    expect(page).toContain('&lt;script&gt;')
    expect(machinesCsv(report([ago(1, { client: '=cmd' })]))).toContain(",'=cmd,")
  })
})
